import { browserClock as clock } from "./browserClock";
import { converse, type Conversation } from "./converse";
import { choose } from "./decide/choose";
import type { DaysSince, Facts } from "./decide/facts";
import { pageOf } from "./decide/page";
import { outcomes } from "./decide/rules";
import { withoutSecrets } from "./delivery/address";
import { browserPost } from "./delivery/browserPost";
import { deviceOf } from "./delivery/device";
import { openOutbox, type Outbox } from "./delivery/outbox";
import { openResponse } from "./delivery/response";
import { uuid } from "./delivery/uuid";
import { chooseLanguage, inLanguage } from "./flow/language";
import { openTab } from "./look/tab";
import { on } from "./look/on";
import { onNavigation } from "./page/navigation";
import { listen, onAppearance } from "./page/triggers";
import { whenSeen } from "./page/whenSeen";
import type { Settings, Survey, Text } from "./settings";
import { openMemory } from "./visit/memory";

/** Shows surveys when their time has come, and sends the answers to `url`. Returns what the page's calls do. */
export function begin(settings: Settings, url: URL, consent: string | undefined): (name: unknown, value: unknown) => void {
  const { site, appearance = {}, quietDays, respectPrivacySignals = true } = settings;
  const { surveys } = settings;
  const memory = openMemory(() => sessionStorage, () => localStorage, site, clock.now());
  const device = deviceOf(matchMedia("(pointer: coarse)").matches, Math.min(screen.width, screen.height));
  let inFront: Conversation | undefined;
  let tags: Record<string, string> | undefined;
  let page: string | undefined;
  let tab: Element | undefined;

  const address = (): string | undefined => withoutSecrets(location.href, settings.keepParameters);
  const languages = [...navigator.languages, document.documentElement.lang];
  const languageFor = (survey: Survey): string => chooseLanguage(Object.keys(survey.questions[0]?.text as Text), languages);
  const facts = (): Facts => {
    const { visit, past: { answered, dismissed } } = memory();
    const daysSince = (times: Record<string, number>): DaysSince =>
      Object.fromEntries(Object.entries(times).map(([id, time]) => [id, (clock.now() - time) / 86_400_000]));
    return {
      page: pageOf(location.href),
      device,
      language: languages[0] as string,
      tags: tags ?? {},
      pagesInVisit: visit.pages,
      roll: parseInt(visit.id.slice(-8), 16) / 2 ** 32,
      privacySignal: respectPrivacySignals && (navigator.doNotTrack === "1" || !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl),
      shownThisVisit: visit.asked,
      daysSinceAnswer: daysSince(answered),
      daysSinceDismissal: daysSince(dismissed),
      siteQuietDays: quietDays,
    };
  };
  /** Whether the survey is meant for this page and visitor: that is what the first five rules are about. */
  const isMeant = (survey: Survey): boolean => outcomes(survey, facts()).slice(0, 5).every(Boolean);

  function allow(given: boolean): void {
    memory((known) => { known.may = given; });
  }

  function open(response: string): Outbox {
    const outbox = openOutbox(browserPost(url), clock, Math.random, (body) => { memory(({ past }) => { past.unsent[response] = body; }); });
    on(window, ["online"], outbox.wake);
    return outbox;
  }

  function show(survey: Survey, place?: Element): void {
    const here = address();
    // An address that the collector cannot take (a file, a frame without one) would cost the visitor an answer for nothing.
    if (!here || (inFront && !place)) return;
    const id = uuid(clock.now());
    const { visit } = memory();
    const spoken = languageFor(survey);
    const conversation = converse(
      survey,
      open(id),
      {
        language: spoken,
        write: openResponse(
          { id, site, survey: survey.id, surveyVersion: survey.version, visit: visit.id, page: here, language: spoken, device, tags },
          { referrer: withoutSecrets(document.referrer), pagesInVisit: visit.pages },
          visit.start,
          clock.now,
        ),
        appearance,
        place,
        acted(isAnswered) {
          memory((known) => {
            known.may ??= true;
            known.visit.asked.push(survey.id);
            known.past[isAnswered ? "answered" : "dismissed"][survey.id] = clock.now();
          });
        },
        closed() { if (!place) inFront = undefined; },
      },
    );
    if (!place) inFront = conversation;
    on(window, ["pagehide", "visibilitychange"], conversation.leave);
  }

  /** Shows a survey, if at this moment and on this page it is the one that wins among its rivals. */
  function offer(survey: Survey, rivals: readonly Survey[]): void {
    whenSeen(() => {
      if (inFront || choose(rivals, facts()) !== survey) return;
      memory(({ visit }) => { visit.asked.push(survey.id); });
      show(survey);
    });
  }

  // What comes by itself waits for those of a higher priority; what answers something that the visitor did, does not.
  const waiting = surveys.filter(({ show = {} }) => /after|scroll|exit|inactive/.test(Object.keys(show).join()));

  const arrangements = surveys.map((survey) => {
    const { show = {} } = survey;
    let callOff: (() => void) | undefined;
    listen(show, (byItself) => { offer(survey, byItself ? waiting : [survey]); });
    return () => {
      if (!isMeant(survey)) {
        callOff?.();
        callOff = undefined;
      } else if (show.afterSeconds !== undefined) {
        // What runs already goes on, on whichever page.
        callOff ??= clock.after(show.afterSeconds * 1000, () => {
          callOff = undefined;
          offer(survey, waiting);
        });
      }
    };
  });

  function arrange(): void {
    for (const run of arrangements) run();
    tab?.remove();
    const tabbed = surveys.find((survey) => survey.show?.tab && isMeant(survey));
    if (!tabbed) return;
    tab = openTab(inLanguage(tabbed.labels.tab, languageFor(tabbed)), appearance, () => { show(tabbed); });
  }

  function arrive(): void {
    const here = address();
    if (here === page) return;
    page = here;
    memory(({ visit }) => { visit.pages++; });
    arrange();
  }

  if (consent !== undefined) allow(consent !== "false");
  for (const [id, body] of Object.entries(memory().past.unsent)) open(id).put(body as string);
  const inline = surveys.filter((survey) => survey.show?.inline);
  if (inline.length) {
    onAppearance(() => {
      for (const place of document.querySelectorAll<HTMLElement>("[data-collector]")) {
        const name = place.dataset.collector;
        const survey = inline.find(({ id }) => name === "survey" || name === id);
        if (!survey) continue;
        // Once is enough, also when the visitor has closed it.
        place.removeAttribute("data-collector");
        show(survey, place);
      }
    });
  }
  arrive();
  onNavigation(arrive);

  const calls: Record<string, (value: never) => void> = {
    event(name: string) { for (const survey of surveys) if (survey.show?.event === name) offer(survey, [survey]); },
    show(id?: string) {
      const survey = surveys.find((one) => !id || one.id === id);
      if (survey) show(survey);
    },
    consent: allow,
    tags(given: Record<string, string>) {
      tags = given;
      arrange();
    },
    close() { inFront?.close(); },
    language(tag: string) {
      languages.unshift(tag);
      arrange();
    },
  };
  return (name, value) => { calls[name as string]?.(value as never); };
}
