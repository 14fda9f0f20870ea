/** One text in several languages, by language tag. */
export type Text = Readonly<Record<string, string>>;

/** A numeric scale, and which end of it means "easy". */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly easy: "high" | "low";
}

export interface Choice {
  readonly id: string;
  readonly text: Text;
}

/** A condition on an earlier answer: an ease below a number, or any choice but this one. */
export type Condition =
  | { readonly question: string; readonly below: number }
  | { readonly question: string; readonly not: string };

interface Asked {
  readonly id: string;
  readonly text: Text;
  /** The question is asked when one of these holds; without any, always. */
  readonly when?: readonly Condition[];
}

export interface EffortQuestion extends Asked {
  readonly type: "effort";
  readonly scale: Scale;
  /** The words at the scale's ends, at `min` and at `max`. */
  readonly low: Text;
  readonly high: Text;
}

export interface ChoiceQuestion extends Asked {
  readonly type: "intent" | "success";
  readonly choices: readonly Choice[];
}

export interface CommentQuestion extends Asked {
  readonly type: "comment";
}

export type Question = EffortQuestion | ChoiceQuestion | CommentQuestion;

export type Label = "name" | "close" | "back" | "next" | "send" | "skip" | "thanks" | "privacy" | "specify" | "sending" | "failed";

export interface Survey {
  readonly id: string;
  readonly version: number;
  readonly show: { readonly afterSeconds: number };
  readonly questions: readonly Question[];
  readonly labels: Readonly<Record<Label, Text>>;
}

/** What the collector hands to the widget along with its code. */
export interface Settings {
  readonly site: string;
  readonly languages: readonly string[];
  /** The query parameters that tell the site's pages apart; no others leave the page. */
  readonly keepParameters?: readonly string[];
  readonly surveys: readonly Survey[];
}
