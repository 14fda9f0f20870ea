/** Replaces halves of a cut emoji, which a strict JSON reader refuses, by the replacement character; not in browsers before 2024. */
export function wellFormed(text: string): string {
  return (text as { toWellFormed?: () => string }).toWellFormed?.() ?? text;
}
