import type { Survey, Text } from "../settings";

/**
 * The language to ask in: the first of the visitor's that the survey has, else the page's, else the
 * site's first. There is always one: a survey is never hidden for its language.
 */
export function chooseLanguage(offered: readonly string[], wanted: readonly string[]): string {
  for (const language of wanted) {
    const match =
      offered.find((one) => one.toLowerCase() === language.toLowerCase()) ??
      offered.find((one) => primary(one) === primary(language));
    if (match) return match;
  }
  return offered[0] ?? "en";
}

/** The languages that the survey can really be shown in, the site's first: those in which every question has its text, or else all of its first question. */
export function languagesOf({ questions }: Survey, languages: readonly string[]): readonly string[] {
  const own = Object.keys(questions[0]?.text ?? {});
  const known = [...languages.filter((language) => own.includes(language)), ...own];
  const complete = known.filter((language) => questions.every(({ text }) => text[language]));
  return complete.length ? complete : known;
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
