import { begin } from "./begin";
import { isFirst } from "./once";
import { safely } from "./safely";
import type { Settings } from "./settings";

/** Handed over by the collector, which serves this code as the body of a function of that parameter. */
declare const settings: Settings;

safely(() => {
  const script = document.currentScript;
  // Where the code came from is where the answers go, also below a path.
  const [survey] = settings.surveys;
  if (survey && script instanceof HTMLScriptElement && isFirst(settings.site)) begin(settings, survey, new URL("v1/responses", script.src).href);
})();
