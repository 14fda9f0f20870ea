import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../../src/flow/answers";
import { asked } from "../../src/flow/route";
import type { Condition, Question } from "../../src/settings";
import { sampleSurvey } from "../support/sample";

const { questions } = sampleSurvey;

function given(...answers: Answer[]): Map<string, Answer> {
  return new Map(answers.map((answer) => [answer.question, answer]));
}

const effort = (score: number): Answer => ({ question: "effort", score });
const success = (choice: string): Answer => ({ question: "success", choice });
const path = (...answers: Answer[]): string => asked(questions, given(...answers)).map(({ id }) => id).join(" ");

test("questions follow one another", () => {
  assert.equal(path(), "effort intent success");
});

test("who found it easy and managed is done after the success", () => {
  assert.equal(path(effort(4), success("yes")), "effort intent success");
});

test("who found it difficult is asked why", () => {
  assert.equal(path(effort(3), success("yes")), "effort intent success reason");
});

test("who did not manage is asked why, however easy it was", () => {
  for (const choice of ["partly", "no", "busy"]) assert.equal(path(effort(7), success(choice)), "effort intent success reason", choice);
});

test("on a scale where low is easy, a high score is the difficult one", () => {
  const turned = questions.map((question) =>
    question.type === "effort" ? { ...question, scale: { min: 1, max: 7, easy: "low" as const } } : question);
  assert.equal(asked(turned, given(effort(2), success("yes"))).length, 3);
  assert.equal(asked(turned, given(effort(5), success("yes"))).length, 4);
});

test("an answer to a question that is asked no more leads nowhere", () => {
  const chain: Question[] = [
    { id: "a", type: "choice", text: {} },
    { id: "b", type: "choice", text: {}, when: [{ question: "a", is: "x" }] },
    { id: "c", type: "comment", text: {}, when: [{ question: "b", is: "y" }] },
  ];
  const both = (a: string): number => asked(chain, given({ question: "a", choice: a }, { question: "b", choice: "y" })).length;
  assert.equal(both("x"), 3);
  assert.equal(both("other"), 1);
});

/** Whether a question with this condition is asked after that answer to the one before. */
function isAsked(type: Question["type"], condition: Omit<Condition, "question">, answer?: Omit<Answer, "question">): boolean {
  const pair: Question[] = [{ id: "a", type, text: {}, scale: { min: 0, max: 10 } }, { id: "b", type: "comment", text: {}, when: [{ question: "a", ...condition }] }];
  return asked(pair, answer ? given({ question: "a", ...answer }) : given()).length === 2;
}

test("a score of any scale may be below or above a number", () => {
  for (const type of ["nps", "csat", "rating", "effort"] as const) {
    assert.equal(isAsked(type, { below: 3 }, { score: 2 }), true, type);
    assert.equal(isAsked(type, { below: 3 }, { score: 3 }), false, type);
  }
  assert.equal(isAsked("nps", { below: 3 }, { score: 0 }), true);
  assert.equal(isAsked("nps", { above: 8 }, { score: 9 }), true);
  assert.equal(isAsked("nps", { above: 8 }, { score: 8 }), false);
});

test("a choice may be this one, or another", () => {
  assert.equal(isAsked("choice", { is: "x" }, { choice: "x" }), true);
  assert.equal(isAsked("choice", { is: "x" }, { choice: "y" }), false);
  assert.equal(isAsked("choice", { not: "x" }, { choice: "y" }), true);
  assert.equal(isAsked("choice", { not: "x" }, { choice: "x" }), false);
});

test("of several choices, one is enough", () => {
  assert.equal(isAsked("choices", { is: "x" }, { choices: ["y", "x"] }), true);
  assert.equal(isAsked("choices", { not: "x" }, { choices: ["y", "x"] }), false);
  assert.equal(isAsked("choices", { not: "x" }, { choices: ["y", "z"] }), true);
});

test("what was passed over fulfils no condition, nor does a score one on choices", () => {
  assert.equal(isAsked("rating", { not: "x" }, { score: 3 }), false);
  assert.equal(isAsked("choice", { below: 9 }, { choice: "x" }), false);
});
