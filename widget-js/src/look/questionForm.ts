import type { Answer } from "../flow/answers";
import type { Label, Question, Text } from "../settings";
import { element } from "./element";
import { on } from "./on";
import { optionsOf } from "./options";
import { textField } from "./textField";

/** What a form needs to know. */
export interface Asking {
  readonly question: Question;
  /** The answer given before, when the visitor comes back to correct it. */
  readonly answer: Answer | undefined;
  readonly isFirst: boolean;
  readonly say: (text: Text) => string;
  readonly label: (name: Label) => string;
  /** Whether the survey ends with this answer. */
  readonly isLast: (answer: Answer) => boolean;
}

/** What a form tells. */
export interface Listener {
  /** An option was chosen; `isWhole` unless a text still belongs to it. */
  picked(answer: Answer, isWhole: boolean): void;
  /** The visitor goes on, with this answer or without one. */
  next(answer: Answer | undefined): void;
  /** The visitor goes back; what is filled in stays. */
  back(answer: Answer | undefined): void;
}

/** The choice that carries a text of its own. */
const other = "other";

/** One question as a form, in native controls, so that keyboards and screen readers know it. */
export function questionForm({ question, answer, isFirst, say, label, isLast }: Asking, listener: Listener): HTMLFormElement {
  const { id } = question;
  const isComment = question.type === "comment";
  const given = answer && "text" in answer ? answer.text : undefined;
  const field = textField(isComment ? id : `${id}-text`, isComment ? undefined : label("specify"), label("privacy"), given ?? "");
  const next = element("button", { class: "next" }, label(isComment ? "send" : "next"));
  const back = element("button", { type: "button", class: "back" }, label("back"));
  const skip = element("button", { type: "button" }, label("skip"));
  const group = element("fieldset", { tabindex: -1 }, element("legend", { id: "question" }, say(question.text)));
  const form = element("form", { autocomplete: "off" }, group);

  if (!isComment) group.append(...optionsOf(question, say, answer));
  group.append(field.box);
  form.append(element("div", { class: "steps" }, ...(isFirst ? [] : [back]), ...(isComment ? [skip] : []), next));

  const read = (): Answer | undefined => {
    const text = field.read();
    if (isComment) return text ? { question: id, text } : undefined;
    const value = group.querySelector<HTMLInputElement>(":checked")?.value;
    if (value === undefined) return undefined;
    if (question.type === "effort") return { question: id, score: +value };
    return { question: id, choice: value, ...(value === other && text && { text }) };
  };
  const adjust = (): boolean => {
    const now = read();
    const open = isComment || (now !== undefined && "choice" in now && now.choice === other);
    field.box.hidden = !open;
    if (now && !isComment) next.textContent = label(isLast(now) ? "send" : "next");
    return !open;
  };
  adjust();

  // A click on what is already chosen changes nothing and still means "this one": so clicks count, too.
  on(group, ["change", "click"], ({ target }) => {
    if (!(target instanceof HTMLInputElement && target.type === "radio")) return;
    const isWhole = adjust();
    const now = read();
    if (now) listener.picked(now, isWhole);
    if (!isWhole) field.reveal();
  });
  on(form, ["submit"], (event) => {
    event.preventDefault();
    listener.next(read());
  });
  on(back, ["click"], () => { listener.back(read()); });
  on(skip, ["click"], () => { listener.next(undefined); });
  return form;
}
