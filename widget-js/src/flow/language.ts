import type { Text } from "../settings";

/** The language to ask in: the first wanted one that is offered, else the first that is. There is always one: a survey is never hidden for its language. */
export function chooseLanguage(offered: readonly string[], wanted: readonly string[]): string {
  for (const language of wanted) {
    const match =
      offered.find((one) => one.toLowerCase() === language.toLowerCase()) ??
      offered.find((one) => primary(one) === primary(language));
    if (match) return match;
  }
  return offered[0] as string;
}

/** The text in this language or, where it lacks, in one that it has. */
export function inLanguage(text: Text | undefined, language: string): string {
  return text?.[language] ?? Object.values(text ?? {})[0] ?? "";
}

export function directionOf(language: string): "ltr" | "rtl" {
  return /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i.test(language) ? "rtl" : "ltr";
}

/** The part of a language tag that says the language itself, in lower case. */
export function primary(language: string): string | undefined {
  return language.toLowerCase().split("-")[0];
}
