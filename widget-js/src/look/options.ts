import type { Answer } from "../flow/answers";
import type { ChoiceQuestion, EffortQuestion, Text } from "../settings";
import { element } from "./element";

/** A question's options: native radio buttons that fill their labels, so that every press lands on the button itself. */
export function optionsOf(question: EffortQuestion | ChoiceQuestion, say: (text: Text) => string, answer: Answer | undefined): Node[] {
  if (question.type !== "effort") {
    const chosen = answer && "choice" in answer ? answer.choice : undefined;
    return [element("div", { class: "choices" }, ...question.choices.map(({ id, text }) => option(question.id, id, say(text), chosen === id)))];
  }
  const { min, max } = question.scale;
  const chosen = answer && "score" in answer ? answer.score : undefined;
  const low = say(question.low);
  const high = say(question.high);
  const scores = Array.from({ length: max - min + 1 }, (_, index) => {
    const score = min + index;
    const end = score === min ? low : score === max ? high : undefined;
    // The ends are read out with their words; in between, the number says it.
    return option(question.id, score, `${score}`, chosen === score, end && `${score}, ${end}`);
  });
  return [
    element("div", { class: "scale" }, ...scores),
    element("div", { class: "ends", "aria-hidden": "true" }, element("span", {}, low), element("span", {}, high)),
  ];
}

function option(name: string, value: string | number, text: string, checked: boolean, spoken?: string): HTMLElement {
  return element(
    "label",
    {},
    element("input", { type: "radio", name, value, checked, required: true, "aria-label": spoken }),
    element("span", {}, text),
  );
}
