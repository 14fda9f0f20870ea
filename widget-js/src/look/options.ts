import type { Answer } from "../flow/answers";
import type { Question, Text } from "../settings";
import { element } from "./element";

/** A question's options: native radio buttons or boxes, a scale's filling their labels; those that were given are chosen. */
export function optionsOf(question: Question, given: Answer | undefined, say: (text: Text | undefined) => string): Node[] {
  const { id: name, type, optional, choices = [], low, high, scale } = question;
  const isMultiple = type === "choices";
  const chosen: unknown[] = [given?.score, given?.choice, ...(given?.choices ?? [])];
  const option = (value: string | number, text: string, ariaLabel?: string): HTMLElement => element("label", {},
    element("input", {
      type: isMultiple ? "checkbox" : "radio", name, value, checked: chosen.includes(value), required: !isMultiple && !optional, ariaLabel,
    }),
    text);
  if (!scale) return [element("div", { className: "options" }, ...choices.map(({ id, text }) => option(id, say(text))))];
  const ends = [say(low), say(high)];
  const row = element("div", { className: "options scale" });
  for (let score = scale.min; score <= scale.max; score++) {
    const end = ends[[scale.min, scale.max].indexOf(score)];
    // The ends are read out with their words; in between, the number says it.
    row.append(option(score, `${score}`, end && `${score}, ${end}`));
  }
  return [row, element("div", { className: "ends", ariaHidden: "true" }, ...ends.map((end) => element("span", {}, end)))];
}
