import { element } from "./element";

export interface TextField {
  readonly box: HTMLElement;
  read(): string;
  reveal(): void;
}

/** A text field with its note on privacy. Without a caption it goes by the question's own text. */
export function textField(name: string, caption: string | undefined, privacy: string, given: string): TextField {
  const attributes = { id: "field", name, maxlength: 5000, "aria-describedby": "privacy" };
  const field = caption === undefined
    ? element("textarea", { ...attributes, rows: 3, "aria-labelledby": "question" })
    : element("input", { ...attributes, type: "text" });
  field.value = given;
  const box = element("div", { class: "text" }, field, element("p", { id: "privacy" }, privacy));
  if (caption !== undefined) box.prepend(element("label", { for: "field" }, caption));
  return {
    box,
    read: () => field.value.trim(),
    reveal: () => { box.scrollIntoView({ block: "nearest" }); },
  };
}
