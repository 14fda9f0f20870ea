import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLanguage, directionOf, inLanguage, languagesOf } from "../../src/flow/language";
import type { Question, Survey } from "../../src/settings";
import { sampleSettings, sampleSurvey } from "../support/sample";

test("the visitor's first language that the site has is spoken", () => {
  assert.equal(chooseLanguage(["nl", "en"], ["fr", "en", "nl"]), "en");
});

test("a region's language serves its neighbours", () => {
  assert.equal(chooseLanguage(["nl", "en"], ["en-AU", "nl"]), "en");
  assert.equal(chooseLanguage(["pt-BR", "en"], ["pt-PT"]), "pt-BR");
});

test("an exact match goes before a neighbour", () => {
  assert.equal(chooseLanguage(["pt-PT", "pt-BR"], ["pt-br"]), "pt-BR");
});

test("where nothing matches, the site's first language is spoken", () => {
  assert.equal(chooseLanguage(["nl", "en"], ["fi", ""]), "nl");
});

test("the page's language counts after all of the visitor's", () => {
  assert.equal(chooseLanguage(["nl", "de"], ["fi", "sv", "de-CH"]), "de");
});

test("a site without languages still speaks", () => {
  assert.equal(chooseLanguage([], ["fi"]), "en");
});

/** The sample survey with nothing but the texts of these languages, question by question. */
function surveyIn(...languages: string[][]): Survey {
  const questions = languages.map((some, index) =>
    ({ ...sampleSurvey.questions[0], id: `${index}`, text: Object.fromEntries(some.map((language) => [language, language])) }) as Question);
  return { ...sampleSurvey, questions };
}

test("a language of the site without its questions is left out", () => {
  assert.equal(languagesOf(sampleSurvey, ["nl", "fi"]).includes("fi"), false);
  assert.deepEqual([...new Set(languagesOf(surveyIn(["nl", "en"], ["en"]), ["nl", "en"]))], ["en"]);
});

test("the site's own languages go first", () => {
  assert.equal(chooseLanguage(languagesOf(surveyIn(["nl", "en"]), ["nl"]), ["fi"]), "nl");
});

test("where the site's languages have no text, the survey's own are offered and no other is ever chosen", () => {
  const offered = languagesOf(surveyIn(["nl", "en"], ["en", "nl"]), ["fi", "sv"]);
  assert.deepEqual(offered, ["nl", "en"]);
  assert.equal(chooseLanguage(offered, ["fi", "en-GB"]), "en");
  assert.equal(chooseLanguage(offered, ["fi", "sv"]), "nl");
  assert.deepEqual(languagesOf(surveyIn(["nl", "en"], ["en"]), ["fi"]), ["en"]);
});

test("where no language is complete, it is one of the first question's, the site's first", () => {
  assert.equal(chooseLanguage(languagesOf(surveyIn(["nl", "en"], ["de"]), ["fi", "en"]), ["fi"]), "en");
  assert.equal(chooseLanguage(languagesOf(surveyIn(["nl", "en"], ["de"]), ["fi"]), ["de"]), "nl");
});

test("a missing text is shown in a language that it has", () => {
  assert.equal(inLanguage({ nl: "Ja" }, "fr"), "Ja");
  assert.equal(inLanguage(undefined, "fr"), "");
});

test("the sample has every text in every language of its site", () => {
  const { questions, labels } = sampleSurvey;
  const texts = [
    ...Object.values(labels),
    ...questions.flatMap((question) => [
      question.text,
      ...(question.choices ?? []).map(({ text }) => text),
      ...(question.scale ? [question.low, question.high] : []),
    ]),
  ];
  for (const text of texts) assert.deepEqual(Object.keys(text ?? {}), sampleSettings.languages);
});

test("languages written from right to left are known", () => {
  assert.equal(directionOf("ar-EG"), "rtl");
  assert.equal(directionOf("he"), "rtl");
  assert.equal(directionOf("arn"), "ltr");
  assert.equal(directionOf("nl"), "ltr");
});
