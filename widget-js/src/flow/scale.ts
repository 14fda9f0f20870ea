import type { Question, Scale } from "../settings";

const highest: Readonly<Record<string, number>> = { effort: 7, nps: 10, csat: 5, rating: 5 };

/** The scale that a question asks for a score on: its own or its type's; none where it asks for something else. */
export function scaleOf({ type, scale }: Question): Scale | undefined {
  const max = highest[type];
  return scale ?? (max ? { min: max > 9 ? 0 : 1, max } : undefined);
}
