import { wellFormed } from "../delivery/wellFormed";
import type { Answer } from "../flow/answers";
import type { Label, Question, Text } from "../settings";
import { element } from "./element";
import { on } from "./on";
import { optionsOf } from "./options";

/** What a form tells. */
export interface Listener {
  /** An option was chosen; `isWhole` unless more of the answer may come. */
  readonly picked: (answer: Answer | undefined, isWhole: boolean) => void;
  /** The visitor goes on (1) or back (-1), with this answer or without one. */
  readonly left: (answer: Answer | undefined, by: number) => void;
}

/** The choice that carries a text of its own. */
const other = "other";

/** One question as a form, in native controls, so that keyboards and screen readers know it; with what was answered before, for who comes back to it. */
export function questionForm(
  question: Question, given: Answer | undefined, isFirst: boolean, say: (text: Text | undefined) => string, label: (name: Label) => string, { picked, left }: Listener,
): HTMLFormElement {
  const { id, type, text, scale } = question;
  const isText = type === "comment";
  const isMultiple = type === "choices";
  const caption = isText ? say(text) : label("specify");
  const privacy = label("privacy");
  const field = element("textarea", {
    name: isText ? id : `${id}-text`, value: given?.text ?? "", maxLength: 5000, ariaLabel: caption, ariaDescription: privacy,
  });
  const box = element("div", {}, element("p", { hidden: isText }, caption), field, element("p", {}, privacy));
  const group = element(
    "fieldset",
    { tabIndex: -1, role: isText || isMultiple ? undefined : "radiogroup" },
    element("legend", {}, say(text)),
    ...optionsOf(question, given, say),
    // Nothing to write beside a score: a field, though hidden, would cost the page milliseconds.
    scale ? "" : box,
  );
  const back = element("button", { type: "button", hidden: isFirst }, label("back"));
  const form = element("form", {}, group, back, element("button", {}, label(isText ? "send" : "next")));

  const read = (): Answer | undefined => {
    const written = wellFormed(field.value.trim());
    const choices = [...group.querySelectorAll<HTMLInputElement>(":checked")].map(({ value }) => value);
    const [choice] = choices;
    if (isText) return written ? { question: id, text: written } : undefined;
    if (choice === undefined) return undefined;
    if (scale) return { question: id, score: +choice };
    return isMultiple ? { question: id, choices } : { question: id, choice, ...(choice === other && written && { text: written }) };
  };
  const adjust = (): Answer | undefined => {
    const now = read();
    box.hidden = !isText && now?.choice !== other;
    return now;
  };
  adjust();

  // A click on what is already chosen changes nothing and still means "this one": so clicks count, too.
  on(group, ["change", "click"], ({ target }) => {
    if (!(target as Element).matches("[value]")) return;
    picked(adjust(), box.hidden && !isMultiple);
  });
  on(form, ["submit"], (event) => {
    event.preventDefault();
    left(read(), 1);
  });
  on(back, ["click"], () => { left(read(), -1); });
  return form;
}
