import { browserClock } from "./browserClock";
import { converse } from "./converse";
import { withoutSecrets } from "./delivery/address";
import { browserPost } from "./delivery/browserPost";
import { deviceOf } from "./delivery/device";
import { openOutbox } from "./delivery/outbox";
import { chooseLanguage, languagesOf } from "./flow/language";
import { safely } from "./safely";
import type { Settings, Survey } from "./settings";
import { deviceStore } from "./visit/deviceStore";
import { keepVisit, openVisit, visitLeft, withDone, type Store, type Visit } from "./visit/visit";

/** Shows a survey at its time, and sends the answers to `url`. */
export function begin(settings: Settings, survey: Survey, url: string): void {
  const store = deviceStore();
  const visit = openVisit(store, settings.site, browserClock.now());
  // An address that the collector cannot take (a file, a frame without one) would cost the visitor an answer for nothing.
  if (!withoutSecrets(location.href) || visit.done.includes(survey.id)) return;
  browserClock.after(survey.show.afterSeconds * 1000, () => {
    whenSeen(() => { show(settings, survey, url, visit, store); });
  });
}

function show(settings: Settings, survey: Survey, url: string, opened: Visit, store: Store | undefined): void {
  // By now an application may have moved on to another address, and a page that was left and came back may have been answered elsewhere.
  const page = withoutSecrets(location.href, settings.keepParameters);
  const visit = visitLeft(store, settings.site) ?? opened;
  if (!page || visit.done.includes(survey.id)) return;
  const occasion = {
    site: settings.site,
    survey,
    visit,
    page,
    referrer: withoutSecrets(document.referrer),
    language: chooseLanguage(languagesOf(survey, settings.languages), [...navigator.languages, document.documentElement.lang]),
    device: deviceOf(matchMedia("(pointer: coarse)").matches, Math.min(screen.width, screen.height)),
  };
  const outbox = openOutbox(browserPost(url), browserClock, Math.random);
  let kept = false;
  const leave = converse(occasion, outbox, browserClock, () => {
    if (kept) return;
    kept = true;
    keepVisit(store, settings.site, withDone(visit, survey.id));
  });
  addEventListener("pagehide", safely(leave));
  addEventListener("online", safely(() => { outbox.wake(); }));
  document.addEventListener("visibilitychange", safely(() => { if (document.hidden) leave(); }));
}

/** Waits for a body to stand on and for eyes to see it: a page loaded ahead or in a tab behind is not shown to anybody yet. */
function whenSeen(action: () => void): void {
  let over = false;
  const look = safely(() => {
    if (over || document.hidden || !(document.body as HTMLElement | null)) return;
    over = true;
    action();
  });
  document.addEventListener("visibilitychange", look);
  document.addEventListener("DOMContentLoaded", look);
  look();
}
