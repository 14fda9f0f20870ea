import type { Candidate } from "./candidate";
import type { Facts } from "./facts";
import { outcomes } from "./rules";

/** The survey that shows by itself: of those for which every rule holds, the first. They come in order of priority, as the collector hands them over. */
export function choose<Survey extends Candidate>(surveys: readonly Survey[], facts: Facts): Survey | undefined {
  return surveys.find((survey) => outcomes(survey, facts).every(Boolean));
}

/** The highest priority first; of the same, by id. */
export function byPriority<Survey extends Candidate>(surveys: readonly Survey[]): Survey[] {
  return [...surveys].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0) || (a.id < b.id ? -1 : 1));
}
