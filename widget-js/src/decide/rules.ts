import type { Candidate, Often, Show, Where } from "./candidate";
import type { Facts } from "./facts";
import { matches } from "./pattern";

/** The parts of a survey that rules are about, and what is known. */
type Rule = (where: Where, show: Show, often: Often, facts: Facts, id: string) => boolean;

/** Each must hold for a survey to show by itself. Their names stand beside the explanation, in the same order: the page needs none. */
const rules: readonly Rule[] = [
  ({ include }, _, __, { page }) => !include || include.some((pattern) => matches(pattern, page)),
  ({ exclude }, _, __, { page }) => !exclude?.some((pattern) => matches(pattern, page)),
  ({ devices }, _, __, { device }) => !devices || devices.includes(device),
  ({ languages }, _, __, { language }) => !languages || languages.includes(language.toLowerCase().split("-")[0] ?? ""),
  ({ tags }, _, __, facts) => Object.entries(tags ?? {}).every(([name, values]) => values.some((value) => value === facts.tags[name])),
  (_, { afterSeconds, scroll, exit, inactiveSeconds, click, success, failure, event }) =>
    [afterSeconds, scroll, exit || undefined, inactiveSeconds, click, success, failure, event].some((trigger) => trigger !== undefined),
  (_, { pages = 0 }, __, { pagesInVisit }) => pagesInVisit >= pages,
  (_, __, { share = 1 }, { roll }) => roll < share,
  (_, __, ___, { privacySignal, respectPrivacySignals }) => !(privacySignal && respectPrivacySignals),
  (_, __, ___, { shownThisVisit }) => !shownThisVisit,
  (_, __, { quietDaysAfterAnswer }, { daysSinceAnswer }, id) => isOver(quietDaysAfterAnswer, daysSinceAnswer[id]),
  (_, __, { quietDaysAfterDismissal }, { daysSinceDismissal }, id) => isOver(quietDaysAfterDismissal, daysSinceDismissal[id]),
  (_, __, ___, { siteQuietDays, daysSinceAny }) => isOver(siteQuietDays, daysSinceAny),
];

/** Whether each rule holds, in their order. */
export function outcomes({ id, where = {}, show = {}, often = {} }: Candidate, facts: Facts): boolean[] {
  return rules.map((rule) => rule(where, show, often, facts, id));
}

// What never happened is no number and below none; nor is what an object has from birth, if a survey should be called `constructor`.
function isOver(quietDays = 0, days?: number): boolean {
  return !(Number(days) < quietDays);
}
