import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../../src/flow/answers";
import { questionAfter } from "../../src/flow/route";
import { scaleOf } from "../../src/flow/scale";
import type { Condition, Question } from "../../src/settings";
import { sampleSurvey } from "../support/sample";

const { questions } = sampleSurvey;

function given(...answers: Answer[]): Map<string, Answer> {
  return new Map(answers.map((answer) => [answer.question, answer]));
}

const effort = (score: number): Answer => ({ question: "effort", score });
const success = (choice: string): Answer => ({ question: "success", choice });
const names = (index: number): string | undefined => questions[index]?.id;

test("a survey begins with its first question", () => {
  assert.equal(names(questionAfter(questions, given(), -1)), "effort");
});

test("questions follow one another", () => {
  assert.equal(names(questionAfter(questions, given(effort(6)), 0)), "intent");
  assert.equal(names(questionAfter(questions, given(effort(6)), 1)), "success");
});

test("who found it easy and managed is done after the success", () => {
  assert.equal(questionAfter(questions, given(effort(4), success("yes")), 2), -1);
});

test("who found it difficult is asked why", () => {
  assert.equal(names(questionAfter(questions, given(effort(3), success("yes")), 2)), "reason");
});

test("who did not manage is asked why, however easy it was", () => {
  for (const choice of ["partly", "no", "busy"]) {
    assert.equal(names(questionAfter(questions, given(effort(7), success(choice)), 2)), "reason", choice);
  }
});

test("without an answer, no condition on it holds", () => {
  assert.equal(questionAfter(questions, given(), 2), -1);
});

test("on a scale where low is easy, a high score is the difficult one", () => {
  const turned = questions.map((question) =>
    question.type === "effort" ? { ...question, scale: { min: 1, max: 7, easy: "low" as const } } : question);
  assert.equal(questionAfter(turned, given(effort(2), success("yes")), 2), -1);
  assert.equal(questionAfter(turned, given(effort(5), success("yes")), 2), 3);
});

test("the last question is followed by none", () => {
  assert.equal(questionAfter(questions, given(effort(1)), 3), -1);
});

/** Whether a question with this condition is asked after that answer to the one before. */
function isAsked(type: Question["type"], condition: Omit<Condition, "question">, answer?: Omit<Answer, "question">): boolean {
  const pair: Question[] = [{ id: "a", type, text: {} }, { id: "b", type: "comment", text: {}, when: [{ question: "a", ...condition }] }];
  return questionAfter(pair, answer ? given({ question: "a", ...answer }) : given(), 0) === 1;
}

test("a score of any scale may be below a number", () => {
  for (const type of ["nps", "csat", "rating", "effort"] as const) {
    assert.equal(isAsked(type, { below: 3 }, { score: 2 }), true, type);
    assert.equal(isAsked(type, { below: 3 }, { score: 3 }), false, type);
  }
  assert.equal(isAsked("nps", { below: 3 }, { score: 0 }), true);
});

test("a score may be above a number", () => {
  assert.equal(isAsked("nps", { above: 8 }, { score: 9 }), true);
  assert.equal(isAsked("nps", { above: 8 }, { score: 8 }), false);
  assert.equal(isAsked("effort", { above: 1 }), false);
});

test("a choice may be this one, or none but this one", () => {
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
  for (const condition of [{ below: 9 }, { is: "x" }, { not: "x" }]) assert.equal(isAsked("choice", condition), false);
  assert.equal(isAsked("rating", { not: "x" }, { score: 3 }), false);
  assert.equal(isAsked("choice", { below: 9 }, { choice: "x" }), false);
});

test("a type has a scale of its own, unless the question brings one", () => {
  const scale = (type: Question["type"], own?: Question["scale"]): unknown => scaleOf({ id: "a", type, text: {}, ...(own && { scale: own }) });
  assert.deepEqual(scale("nps"), { min: 0, max: 10 });
  assert.deepEqual(scale("csat"), { min: 1, max: 5 });
  assert.deepEqual(scale("effort"), { min: 1, max: 7 });
  assert.deepEqual(scale("rating", { min: 1, max: 10 }), { min: 1, max: 10 });
  for (const type of ["choice", "choices", "intent", "success", "comment"] as const) assert.equal(scale(type), undefined, type);
});
