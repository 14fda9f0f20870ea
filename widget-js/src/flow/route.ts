import type { Condition, Question, Scale } from "../settings";
import type { Answer, Answers } from "./answers";

/** The questions that are asked, given these answers. An answer to a question that is not asked (any more: the visitor went back) leads nowhere. */
export function asked(questions: readonly Question[], answers: Answers): Question[] {
  const counting = new Map<string, Answer | undefined>();
  return questions.filter(({ id, when }) => {
    const isAsked = !when || when.some((condition) => holds(condition, questions, counting));
    if (isAsked) counting.set(id, answers.get(id));
    return isAsked;
  });
}

function holds({ question, below, above, is, not }: Condition, questions: readonly Question[], answers: ReadonlyMap<string, Answer | undefined>): boolean {
  const { score, choice, choices = [choice] } = answers.get(question) ?? {};
  if (score !== undefined) {
    const { min, max, easy } = questions.find(({ id }) => id === question)?.scale as Scale;
    // Turned so that higher always means easier. What is not set is undefined, and no number lies below or above that.
    const ease = easy === "low" ? min + max - score : score;
    return ease < (below as number) || ease > (above as number);
  }
  const isChosen = (one: string): boolean => choices.includes(one);
  return is ? isChosen(is) : !!not && choices[0] !== undefined && !isChosen(not);
}
