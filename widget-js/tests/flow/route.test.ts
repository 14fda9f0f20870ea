import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../../src/flow/answers";
import { answersThatCount, questionAfter, questionBefore } from "../../src/flow/route";
import { sampleSurvey } from "../support/sample";

const { questions } = sampleSurvey;

function given(...answers: Answer[]): Map<string, Answer> {
  return new Map(answers.map((answer) => [answer.question, answer]));
}

const effort = (score: number): Answer => ({ question: "effort", score });
const success = (choice: string): Answer => ({ question: "success", choice });
const reason: Answer = { question: "reason", text: "The price" };
const names = (index: number | undefined): string | undefined => (index === undefined ? undefined : questions[index]?.id);

test("a survey begins with its first question", () => {
  assert.equal(names(questionAfter(questions, given(), -1)), "effort");
});

test("questions follow one another", () => {
  assert.equal(names(questionAfter(questions, given(effort(6)), 0)), "intent");
  assert.equal(names(questionAfter(questions, given(effort(6)), 1)), "success");
});

test("who found it easy and managed is done after the success", () => {
  assert.equal(questionAfter(questions, given(effort(4), success("yes")), 2), undefined);
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
  assert.equal(questionAfter(questions, given(), 2), undefined);
});

test("on a scale where low is easy, a high score is the difficult one", () => {
  const turned = questions.map((question) =>
    question.type === "effort" ? { ...question, scale: { min: 1, max: 7, easy: "low" as const } } : question);
  assert.equal(questionAfter(turned, given(effort(2), success("yes")), 2), undefined);
  assert.equal(questionAfter(turned, given(effort(5), success("yes")), 2), 3);
});

test("the last question is followed by none", () => {
  assert.equal(questionAfter(questions, given(effort(1)), 3), undefined);
});

test("going back skips what is not asked, and ends at the first", () => {
  assert.equal(questionBefore(questions, given(), 0), undefined);
  assert.equal(names(questionBefore(questions, given(effort(1)), 3)), "success");
  assert.equal(names(questionBefore(questions, given(), 4)), "success");
});

test("answers count in the survey's order", () => {
  const answers = given(success("no"), effort(2));
  assert.deepEqual(answersThatCount(questions, answers), [effort(2), success("no")]);
});

test("an answer to a question that is no longer asked does not count", () => {
  assert.deepEqual(answersThatCount(questions, given(effort(2), success("yes"), reason)), [effort(2), success("yes"), reason]);
  assert.deepEqual(answersThatCount(questions, given(effort(6), success("yes"), reason)), [effort(6), success("yes")]);
});
