import type { Condition, Question } from "../settings";
import type { Answers } from "./answers";
import { scaleOf } from "./scale";

/** The question to ask after the one at `from` (-1: at the start); -1 where the survey ends. */
export function questionAfter(questions: readonly Question[], answers: Answers, from: number): number {
  return questions.findIndex(({ when }, index) => index > from && (!when || when.some((condition) => holds(condition, questions, answers))));
}

function holds({ question, below, is, not, any }: Condition, questions: readonly Question[], answers: Answers): boolean {
  const answer = answers.get(question);
  if (!answer) return false;
  const { score, choices = [answer.choice] } = answer;
  if (below !== undefined && score !== undefined) {
    const asked = questions.find(({ id }) => id === question);
    const scale = asked && scaleOf(asked);
    // Turned so that higher always means easier.
    return (scale?.easy === "low" ? scale.min + scale.max - score : score) < below;
  }
  const chosen = (one: string | undefined): boolean => one !== undefined && choices.includes(one);
  return not !== undefined ? choices[0] !== undefined && !chosen(not) : (any ?? [is]).some(chosen);
}
