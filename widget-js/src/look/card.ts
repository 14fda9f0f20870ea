import { directionOf } from "../flow/language";
import type { Appearance, Label } from "../settings";
import { browserClock as clock } from "../browserClock";
import { element } from "./element";
import { putOnPage } from "./host";
import { on } from "./on";

/** How long until screen readers know a region that is new; some read out nothing that changes sooner. */
const acquaintance = 1000;

/** The survey's place on the page. */
export interface Card {
  /** Whether the visitor points (mouse, pen, finger) rather than types. */
  isPointing(): boolean;
  /** Puts a question in front of the visitor. */
  ask(form: HTMLElement): void;
  /** Says how it ended, in place of the questions. */
  tell(text: string, mood: "sending" | "thanks" | "failed"): void;
  /** What stands in the field that no person can see or reach: nothing, unless a bot fills in all that it finds. */
  bait(): string;
  /** Whether the visitor is still here with the keyboard. */
  isAttended(): boolean;
  close(): void;
}

/** Opens a card in a corner of the page, or in a place of it. It takes no focus and moves nothing. */
export function openCard(label: (name: Label) => string, lang: string, appearance: Appearance, place: Element | undefined, dismissed: () => void): Card {
  const closeButton = element("button", { ariaLabel: label("close") }, "×");
  const body = element("div", {});
  // Rendered, so that it does not look like a trap; inert, so that nobody clicks, tabs or listens their way into it, nor a browser fills it in.
  const bait = element("input", { className: "heard", name: "website", inert: true, autocomplete: "off", ariaHidden: "true" });
  const status = element("p", { className: "heard", role: "status" });
  const card = element(
    "section",
    { className: "card", role: place ? "region" : "dialog", ariaLabel: label("name"), lang, dir: directionOf(lang), tabIndex: -1 },
    element("div", { className: "top" }, closeButton),
    body,
    bait,
    status,
  );
  const root = putOnPage(card, place ? "inline" : appearance.position ?? "", appearance, place);
  const focus = (target: unknown): void => { (target as HTMLElement | null)?.focus({ preventScroll: true }); };
  let pointing = false;
  let cameFrom: EventTarget | null = null;
  on(card, ["pointerdown"], () => { pointing = true; });
  // Moves within the card do not reach the host: what it hears is the focus coming from outside.
  on(root.host, ["focusin"], ({ relatedTarget }) => { cameFrom = relatedTarget ?? cameFrom; });
  // Outside, the event's target is the host, which no page knows as a text field:
  // its single-key shortcuts would fire while the visitor types.
  on(root.host, ["keydown", "keyup", "keypress"], (event) => {
    event.stopPropagation();
    if (event.type !== "keydown") return;
    pointing = false;
    if (event.key === "Escape" && !event.isComposing) dismissed();
  });
  on(closeButton, ["click"], dismissed);

  // Tells a screen reader that it is there. Whoever was quicker than this has a newer text here.
  clock.after(acquaintance, () => { status.textContent ||= label("name"); });
  return {
    isPointing: () => pointing,
    ask(form) {
      const wasInside = root.activeElement;
      // Not for the first question, which would have the browser lay out the page at once.
      if (body.firstChild) card.scrollTop = 0;
      body.replaceChildren(form);
      // With a pointer the group takes the focus, so that on a phone no keyboard rolls up unasked.
      if (wasInside) focus(form.querySelector(pointing ? "fieldset" : ":checked") ?? form.querySelector("input,textarea"));
    },
    tell(text, mood) {
      const wasInside = body.contains(root.activeElement);
      body.replaceChildren();
      status.className = mood;
      status.textContent = text;
      if (wasInside) focus(card);
    },
    bait: () => bait.value,
    isAttended: () => !!root.querySelector(":focus-visible"),
    close() {
      const wasInside = root.activeElement;
      root.host.remove();
      if (wasInside) focus(cameFrom);
    },
  };
}
