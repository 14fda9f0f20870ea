/** Replaces halves of a cut emoji, which a strict JSON reader refuses, by the replacement character. */
export function wellFormed(text: string): string {
  // With the `u` flag a whole pair is one character and does not match; only a lone half does.
  return text.replace(/[\uD800-\uDFFF]/gu, "\uFFFD");
}
