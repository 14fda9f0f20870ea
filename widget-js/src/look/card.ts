import { element } from "./element";
import { on } from "./on";
import sheetText from "./survey.css";

/** The survey's place on the page. */
export interface Card {
  /** Whether the visitor points (mouse, pen, finger) rather than types. */
  isPointing(): boolean;
  /** Tells a screen reader that it is there. To be called once the card has stood for a while: only a change of a known region is read out. */
  announce(): void;
  /** Puts a question in front of the visitor, `step` counting from 0. */
  ask(form: HTMLElement, step: number): void;
  /** Says how it ended, in place of the questions. */
  tell(text: string, mood: "sending" | "thanks" | "failed"): void;
  /** What stands in the field that no person can see or reach: nothing, unless a bot fills in all that it finds. */
  bait(): string;
  /** Whether the visitor is still here: pointing at it, or with the keyboard in it. */
  isAttended(): boolean;
  close(): void;
}

export interface CardTexts {
  readonly name: string;
  readonly close: string;
  readonly language: string;
  readonly direction: string;
}

/** Opens a card in a corner of the page. It takes no focus and moves nothing. */
export function openCard(texts: CardTexts, steps: number, dismissed: () => void): Card {
  const closeButton = element("button", { type: "button", class: "close", "aria-label": texts.close });
  const marks = Array.from({ length: steps }, () => element("i"));
  const body = element("div");
  // Rendered, so that it does not look like a trap; inert, so that nobody clicks, tabs or listens their way into it, nor a browser fills it in.
  const bait = element("input", { name: "website", class: "heard", tabindex: -1, "aria-hidden": "true", autocomplete: "off", inert: true });
  const status = element("p", { role: "status", class: "heard" });
  const card = element(
    "section",
    { class: "card", role: "dialog", "aria-label": texts.name, lang: texts.language, dir: texts.direction, tabindex: -1 },
    element("div", { class: "top" }, element("div", { class: "progress", "aria-hidden": "true" }, ...marks), closeButton),
    body,
    bait,
    status,
  );
  const host = document.createElement("collector-survey");
  // In the top layer nothing of the page, such as a transform or a filter on its body, bends the card.
  host.popover = "manual";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetText);
  root.adoptedStyleSheets = [sheet];
  root.append(card);

  const progress = (step: number): void => { marks.forEach((mark, index) => mark.classList.toggle("on", index <= step)); };
  let pointing = false;
  let hovered = false;
  let cameFrom: EventTarget | null = null;
  on(card, ["pointerdown"], () => { pointing = true; });
  on(card, ["pointerenter"], () => { hovered = true; });
  on(card, ["pointerleave"], () => { hovered = false; });
  // Moves within the card do not reach the host: what it hears is the focus coming from outside.
  on(host, ["focusin"], ({ relatedTarget }) => { cameFrom = relatedTarget ?? cameFrom; });
  // Outside, the event's target is the host, which no page knows as a text field:
  // its single-key shortcuts would fire while the visitor types.
  on(host, ["keydown", "keyup", "keypress"], (event) => {
    event.stopPropagation();
    if (event.type !== "keydown") return;
    pointing = false;
    if (event.key === "Escape" && !event.isComposing) dismissed();
  });
  on(closeButton, ["click"], dismissed);
  document.body.append(host);
  if ("showPopover" in host) host.showPopover();

  return {
    isPointing: () => pointing,
    // Whoever was quicker than this has a newer text here.
    announce() { status.textContent ||= texts.name; },
    ask(form, step) {
      const wasInside = root.activeElement;
      progress(step);
      body.replaceChildren(form);
      card.scrollTop = 0;
      if (!wasInside) return;
      // With a pointer the group takes the focus, so that on a phone no keyboard rolls up unasked.
      const control = form.querySelector<HTMLElement>(":checked") ?? form.querySelector<HTMLElement>("input,textarea");
      (pointing ? form.querySelector("fieldset") : control)?.focus({ preventScroll: true });
    },
    tell(text, mood) {
      const wasInside = body.contains(root.activeElement);
      progress(steps);
      body.replaceChildren();
      status.className = mood;
      status.textContent = text;
      if (wasInside) card.focus({ preventScroll: true });
    },
    bait: () => bait.value,
    isAttended: () => hovered || !!root.querySelector(":focus-visible"),
    close() {
      const wasInside = root.activeElement;
      hovered = false;
      host.remove();
      if (wasInside && cameFrom instanceof HTMLElement) cameFrom.focus({ preventScroll: true });
    },
  };
}
