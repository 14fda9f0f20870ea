import type { Answer } from "../flow/answers";
import type { Survey } from "../settings";
import type { Visit } from "../visit/visit";
import type { Device } from "./device";
import { uuid } from "./uuid";
import { wellFormed } from "./wellFormed";

export type State = "shown" | "dismissed" | "partial" | "complete";

/** What does not change between the revisions of a response. */
export interface Occasion {
  readonly site: string;
  readonly survey: Survey;
  readonly visit: Visit;
  readonly page: string;
  readonly referrer: string | undefined;
  readonly language: string;
  readonly device: Device;
}

/** One visitor's response to one survey; each call writes its next revision, with all answers so far. */
export function openResponse(occasion: Occasion, now: () => number): (state: State, answers: readonly Answer[], website?: string) => string {
  const { site, survey, visit, page, referrer, language, device } = occasion;
  const id = uuid(now());
  let revision = 0;
  return (state, answers, website) =>
    // A revision is written once and for all: when it is sent twice, its content must be the same.
    JSON.stringify({
      id,
      site,
      survey: survey.id,
      surveyVersion: survey.version,
      visit: visit.id,
      page,
      revision: ++revision,
      state,
      answers: answers.map((answer) => ("text" in answer && answer.text ? { ...answer, text: wellFormed(answer.text) } : answer)),
      language,
      device,
      website: website || undefined,
      context: { referrer, pagesInVisit: visit.pages, secondsInVisit: Math.max(0, Math.floor((now() - visit.start) / 1000)) },
      answeredAt: new Date(now()).toISOString(),
    });
}
