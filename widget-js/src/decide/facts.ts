import type { Device } from "../delivery/device";

/** Days since something happened to a survey, by its id; a survey to which it never did is left out. */
export type DaysSince = Readonly<Record<string, number>>;

/** All that is known when it is decided which survey shows by itself. */
export interface Facts {
  /** Host and path in the one form of `pageOf`. */
  readonly page: string;
  readonly device: Device;
  /** A language tag, of which the primary subtag counts. */
  readonly language: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Pages of the visit so far, this one included. */
  readonly pagesInVisit: number;
  /** Rolled once per visit, the same for all surveys: from 0 to below 1. */
  readonly roll: number;
  /** Whether the browser says Do Not Track or Global Privacy Control, and the site heeds that. */
  readonly privacySignal: boolean;
  /** The surveys that were in this visit, by their ids. */
  readonly shownThisVisit: readonly string[];
  readonly daysSinceAnswer: DaysSince;
  readonly daysSinceDismissal: DaysSince;
  /** So many days after any survey was answered or closed, all of the site are quiet. */
  readonly siteQuietDays: number | undefined;
}
