import { begin } from "./begin";
import { takeCalls } from "./calls";
import { whenSeen } from "./page/whenSeen";
import { safely } from "./safely";
import type { Settings } from "./settings";

/** Handed over by the collector: the build makes this code the body of a function of that parameter. */
declare const settings: Settings;

safely(() => {
  const script = document.currentScript as HTMLScriptElement;
  // Where the code came from is where the answers go, also below a path.
  const url = new URL("v1/responses", script.src);
  const { consent } = script.dataset;
  whenSeen(() => { takeCalls(settings.site, () => begin(settings, url, consent)); });
})();
