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

/** The languages in which every question of the survey has its text; all of them when none is complete. */
export function languagesOf(survey: Survey, languages: readonly string[]): readonly string[] {
  const complete = languages.filter((language) => survey.questions.every((question) => question.text[language]));
  return complete.length ? complete : languages;
}

/** The text in this language or, where it lacks, in one that it has. */
export function inLanguage(text: Text | undefined, language: string): string {
  return text?.[language] ?? Object.values(text ?? {})[0] ?? "";
}

export function directionOf(language: string): "ltr" | "rtl" {
  return /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i.test(language) ? "rtl" : "ltr";
}

function primary(language: string): string | undefined {
  return language.toLowerCase().split("-")[0];
}
