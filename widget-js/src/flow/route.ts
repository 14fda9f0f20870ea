import type { Condition, Question } from "../settings";
import type { Answer, Answers } from "./answers";
import { easeOf } from "./ease";

/** The question to ask after the one at `from` (-1: at the start); none when the survey is finished. */
export function questionAfter(questions: readonly Question[], answers: Answers, from: number): number | undefined {
  return firstAsked(questions, answers, from, 1);
}

/** The question to go back to from the one at `from`; none at the first. */
export function questionBefore(questions: readonly Question[], answers: Answers, from: number): number | undefined {
  return firstAsked(questions, answers, from, -1);
}

/**
 * The answers that count, in the survey's order. A visitor who goes back and corrects an answer
 * may have left a question that is no longer asked: its answer does not count.
 */
export function answersThatCount(questions: readonly Question[], answers: Answers): Answer[] {
  return questions.flatMap((question) => {
    const answer = answers.get(question.id);
    return answer && isAsked(question, questions, answers) ? [answer] : [];
  });
}

function firstAsked(questions: readonly Question[], answers: Answers, from: number, step: 1 | -1): number | undefined {
  for (let index = from + step; ; index += step) {
    const question = questions[index];
    if (!question) return undefined;
    if (isAsked(question, questions, answers)) return index;
  }
}

function isAsked(question: Question, questions: readonly Question[], answers: Answers): boolean {
  return !question.when || question.when.some((condition) => holds(condition, questions, answers));
}

function holds(condition: Condition, questions: readonly Question[], answers: Answers): boolean {
  const answer = answers.get(condition.question);
  if (!answer) return false;
  if ("not" in condition) return "choice" in answer && answer.choice !== condition.not;
  const asked = questions.find((question) => question.id === condition.question);
  return asked?.type === "effort" && "score" in answer && easeOf(answer.score, asked.scale) < condition.below;
}
