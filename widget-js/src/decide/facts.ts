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
  /** Whether the browser says Do Not Track or Global Privacy Control, and whether the site heeds it. */
  readonly privacySignal: boolean;
  readonly respectPrivacySignals: boolean;
  readonly shownThisVisit: boolean;
  readonly daysSinceAnswer: DaysSince;
  readonly daysSinceDismissal: DaysSince;
  /** Days since any survey of the site was answered or closed; left out when none was. */
  readonly daysSinceAny?: number;
  readonly siteQuietDays: number;
}
