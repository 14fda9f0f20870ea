import type { Condition, Question } from "../settings";
import type { Answers } from "./answers";
import { scaleOf } from "./scale";

/** The question to ask after the one at `from` (-1: at the start); -1 where the survey ends. */
export function questionAfter(questions: readonly Question[], answers: Answers, from: number): number {
  return questions.findIndex(({ when }, index) => index > from && (!when || when.some((condition) => holds(condition, questions, answers))));
}

function holds({ question, below, above, is, not }: Condition, questions: readonly Question[], answers: Answers): boolean {
  const answer = answers.get(question);
  if (!answer) return false;
  const { score, choices = [answer.choice] } = answer;
  if (score !== undefined) {
    const asked = questions.find(({ id }) => id === question);
    const scale = asked && scaleOf(asked);
    // Turned so that higher always means easier. What is not set is undefined: no number is below or above it.
    const ease = scale?.easy === "low" ? scale.min + scale.max - score : score;
    return ease < (below as number) || ease > (above as number);
  }
  return !!choices[0] && (not ? !choices.includes(not) : choices.includes(is as string));
}
