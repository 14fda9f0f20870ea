import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLanguage, directionOf, inLanguage } from "../../src/flow/language";
import { sampleSurvey } from "../support/sample";

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
  for (const text of texts) assert.deepEqual(Object.keys(text ?? {}), ["nl", "en", "de", "fr"]);
});

test("languages written from right to left are known", () => {
  assert.equal(directionOf("ar-EG"), "rtl");
  assert.equal(directionOf("he"), "rtl");
  assert.equal(directionOf("arn"), "ltr");
  assert.equal(directionOf("nl"), "ltr");
});
