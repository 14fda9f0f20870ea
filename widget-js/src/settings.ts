import type { Candidate } from "./decide/candidate";

/** One text in several languages, by language tag. */
export type Text = Readonly<Record<string, string>>;

/** A numeric scale, and which end of it means "easy". */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly easy?: "high" | "low";
}

export interface Choice {
  readonly id: string;
  readonly text: Text;
}

/** A condition on an earlier answer: an ease (the score, turned so that higher is easier) below or above a number, or a choice that is this one, or another. */
export interface Condition {
  readonly question: string;
  readonly below?: number;
  readonly above?: number;
  readonly is?: string;
  readonly not?: string;
}

export interface Question {
  readonly id: string;
  readonly type: "effort" | "nps" | "csat" | "rating" | "intent" | "success" | "choice" | "choices" | "comment";
  /** Of the first question, in all languages that the survey can be asked in, the site's first. */
  readonly text: Text;
  /** The question is asked when one of these holds; without any, always. */
  readonly when?: readonly Condition[];
  /** May be passed over. A comment always may. */
  readonly optional?: boolean;
  /** Where a score is asked for. */
  readonly scale?: Scale;
  /** The words at the scale's ends, at `min` and at `max`. */
  readonly low?: Text;
  readonly high?: Text;
  /** Where a choice is asked for. */
  readonly choices?: readonly Choice[];
}

export type Label = "name" | "close" | "back" | "next" | "send" | "skip" | "thanks" | "privacy" | "specify" | "sending" | "failed" | "tab";

export interface Survey extends Candidate {
  readonly version: number;
  readonly questions: readonly Question[];
  readonly labels: Readonly<Partial<Record<Label, Text>>>;
}

/** Colours as CSS has them, the text and the accent readable on the background. */
export interface Palette {
  readonly background?: string;
  readonly text?: string;
  readonly accent?: string;
}

/**
 * How the site wants it to look. A page's own style sheet may say the same of `collector-survey`, in custom properties: `--collector-background`,
 * `-text`, `-accent`, the same after `--collector-dark-`, `--collector-cornerRadius` (a number of pixels), `-font` and `-logo`.
 */
export interface Appearance {
  /** In the corner where lines end, or begin. */
  readonly position?: "bottomEnd" | "bottomStart";
  readonly colors?: Palette;
  /** Those for dark pages; `colors` where left out. */
  readonly darkColors?: Palette;
  readonly cornerRadius?: number;
  readonly font?: string;
  /** The address of an image, at the top of the card; in custom properties, an image as CSS has it. */
  readonly logo?: string;
}

/** What the collector hands to the widget along with its code. */
export interface Settings {
  readonly site: string;
  /** The query parameters that tell the site's pages apart; no others leave the page. */
  readonly keepParameters?: readonly string[];
  readonly surveys: readonly Survey[];
  /** Days without a survey after any was answered or closed. */
  readonly quietDays?: number;
  /** Whether nothing shows by itself to who sends Do Not Track or Global Privacy Control; so unless said otherwise. */
  readonly respectPrivacySignals?: boolean;
  readonly appearance?: Appearance;
}
