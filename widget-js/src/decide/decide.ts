import type { Candidate } from "./candidate";
import { byPriority, choose } from "./choose";
import type { Facts } from "./facts";
import { outcomes } from "./rules";

/** The names of the rules, in their order. */
const names = [
  "include", "exclude", "devices", "languages", "tags", "trigger", "pages", "share", "privacySignal", "visit",
  "quietDaysAfterAnswer", "quietDaysAfterDismissal", "siteQuietDays",
] as const;

export interface Decision {
  /** The id of the survey that shows; none when no survey does. */
  readonly winner?: string;
  /** The surveys in order of priority, with what became of each rule. */
  readonly surveys: readonly { readonly survey: string; readonly rules: readonly { readonly rule: string; readonly passed: boolean }[] }[];
}

/** What `choose` decides, with its reasons. The page does without them, so only the explanation and its tests load this. */
export function decide(surveys: readonly Candidate[], facts: Facts): Decision {
  const ordered = byPriority(surveys);
  const winner = choose(ordered, facts)?.id;
  return {
    ...(winner !== undefined && { winner }),
    surveys: ordered.map((survey) => ({
      survey: survey.id,
      rules: outcomes(survey, facts).map((passed, index) => ({ rule: names[index] ?? "", passed })),
    })),
  };
}
