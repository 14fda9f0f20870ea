import type { Answer } from "../flow/answers";
import type { Device } from "./device";

export type State = "shown" | "dismissed" | "partial" | "complete";

/** What does not change between the revisions of a response, as it travels. */
export interface Occasion {
  readonly id: string;
  readonly site: string;
  readonly survey: string;
  readonly surveyVersion: number;
  readonly visit: string;
  readonly page: string;
  readonly language: string;
  readonly device: Device;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** One visitor's response to one survey in a visit that began at `start`; each call writes its next revision, with all answers so far. */
export function openResponse(
  occasion: Occasion, context: { readonly referrer: string | undefined; readonly pagesInVisit: number }, start: number, now: () => number,
): (state: State, answers: readonly Answer[], website?: string) => string {
  let revision = 0;
  return (state, answers, website) =>
    // A revision is written once and for all: when it is sent twice, its content must be the same.
    JSON.stringify({
      ...occasion,
      revision: ++revision,
      state,
      answers,
      website: website || undefined,
      context: { ...context, secondsInVisit: Math.max(0, (now() - start) / 1000 | 0) },
      answeredAt: new Date(now()).toISOString(),
    });
}
