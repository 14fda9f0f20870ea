import type { Device } from "../delivery/device";

/** Whom a survey is for: every part that is given must hold. */
export interface Where {
  /** Patterns of pages (see `matches`): one of them must fit. */
  readonly include?: readonly string[];
  /** Patterns of pages, none of which may fit. */
  readonly exclude?: readonly string[];
  readonly devices?: readonly Device[];
  /** Primary subtags, in lower case. */
  readonly languages?: readonly string[];
  /** Each of these tags must have one of its values. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
}

/** What makes a survey show: the first that happens. Without an automatic one it shows only by tab, inline or by call. */
export interface Show {
  readonly afterSeconds?: number;
  /** Percent of the page. */
  readonly scroll?: number;
  readonly exit?: boolean;
  readonly inactiveSeconds?: number;
  /** Selectors: what was clicked, or the form that went through or did not. */
  readonly click?: string;
  readonly success?: string;
  readonly failure?: string;
  readonly event?: string;
  /** By hand: a tab at the edge, a place in the page. */
  readonly tab?: boolean;
  readonly inline?: boolean;
  /** No trigger, but a gate before the automatic ones: not before this page of the visit. */
  readonly pages?: number;
}

/** How often a survey asks. (Its target per day is the collector's to keep.) */
export interface Often {
  /** The part of all visits, 0 to 1. */
  readonly share?: number;
  readonly quietDaysAfterAnswer?: number;
  readonly quietDaysAfterDismissal?: number;
  /** The survey beside which it may ask in the same visit: on arrival what visitors came for, in the end how it went. */
  readonly alongside?: string;
}

/** A survey, as far as it matters whether it shows. What is left out holds always. */
export interface Candidate {
  readonly id: string;
  /** The higher one wins; 0 when left out. */
  readonly priority?: number;
  readonly where?: Where;
  readonly show?: Show;
  readonly often?: Often;
}
