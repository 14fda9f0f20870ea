import type { Candidate } from "./candidate";
import type { Facts } from "./facts";
import { primary } from "../flow/language";
import { matches } from "./pattern";

/** Whether each rule holds, in the order of their names, which stand beside the explanation: the page needs none. All must hold for a survey to show by itself. */
export function outcomes(
  {
    id,
    where: { include, exclude, devices, languages, tags } = {},
    show = {},
    often: { share, quietDaysAfterAnswer, quietDaysAfterDismissal, alongside } = {},
  }: Candidate,
  facts: Facts,
): boolean[] {
  const fits = (pattern: string): boolean => matches(pattern, facts.page);
  const isBeside = (one: string): boolean => one === alongside;
  return [
    !include || include.some(fits),
    !exclude?.some(fits),
    among(devices, facts.device),
    among(languages, primary(facts.language)),
    Object.entries(tags ?? {}).every(([name, values]) => among(values, facts.tags[name])),
    Object.keys(show).some((name) => !/tab|inl|pag/.test(name)),
    // What is not set, or never happened, is undefined, and below no number.
    !(facts.pagesInVisit < (show.pages as number)),
    !(facts.roll >= (share as number)),
    !facts.privacySignal,
    facts.shownThisVisit.every(isBeside),
    !((facts.daysSinceAnswer[id] as number) < (quietDaysAfterAnswer as number)),
    !((facts.daysSinceDismissal[id] as number) < (quietDaysAfterDismissal as number)),
    [facts.daysSinceAnswer, facts.daysSinceDismissal].every((days) =>
      Object.entries(days).every(([one, since]) => isBeside(one) || !(since < (facts.siteQuietDays as number)))),
  ];
}

function among(values: readonly unknown[] | undefined, value: unknown): boolean {
  return !values || values.includes(value);
}
