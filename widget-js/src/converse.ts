import { browserClock as clock } from "./browserClock";
import type { Outbox } from "./delivery/outbox";
import type { openResponse, State } from "./delivery/response";
import type { Answer } from "./flow/answers";
import { inLanguage } from "./flow/language";
import { asked } from "./flow/route";
import { openCard } from "./look/card";
import { questionForm } from "./look/questionForm";
import { safely } from "./safely";
import type { Appearance, Label, Question, Survey, Text } from "./settings";

/** Long enough to see what one pressed, too short to wait for. */
const glance = 150;
/** Arrow keys pass over scores on their way; only where they rest is an answer. */
const rest = 600;
/** How long "sending" may last before it would be a lie. */
const patience = 8000;
/** How long thanks stay; who is at them with the keyboard closes them. */
const farewell = 5000;

/** A survey in front of a visitor, as seen by the page around it. */
export interface Conversation {
  /** The page may go away: what is not sent yet leaves now. */
  readonly leave: () => void;
  /** Takes it off the page. What is answered stays answered. */
  readonly close: () => void;
}

/** How a conversation is held, and who hears of it. */
export interface Setting {
  readonly language: string;
  readonly write: ReturnType<typeof openResponse>;
  readonly appearance: Appearance;
  /** An element of the page, instead of the corner. */
  readonly place?: Element | undefined;
  /** The visitor answered or closed; hears whether there is an answer. Called before it is saved. */
  readonly acted: (isAnswered: boolean) => void;
  readonly closed: () => void;
}

/** Shows a survey, leads through its questions, and hands every answer to the outbox. */
export function converse({ questions, labels }: Survey, outbox: Outbox, { language, write, appearance, place, acted, closed }: Setting): Conversation {
  const answers = new Map<string, Answer>();
  const say = (text: Text | undefined): string => inLanguage(text, language);
  const label = (name: Label): string => say(labels[name]);
  let current: Question | undefined;
  let finished = false;
  let saved = "[]";
  let callOff = (): void => undefined;
  let pending = false;

  function save(state: State = "partial", settled?: (stored: boolean) => void): void {
    const given = asked(questions, answers).flatMap(({ id }) => answers.get(id) ?? []);
    const content = JSON.stringify(given);
    pending = false;
    if (state === "partial" && content === saved) return;
    saved = content;
    outbox.put(write(state, given, card.bait()), settled);
  }

  function later(pause: number, action: () => void): void {
    callOff();
    callOff = clock.after(pause, action);
  }

  /** One question on, or back. */
  function step(by: number): void {
    callOff();
    const path = asked(questions, answers);
    const at = path.indexOf(current as Question) + by;
    const question = current = path[at];
    if (!question) {
      finish();
      return;
    }
    save();
    const fill = (answer: Answer | undefined): void => {
      if (answer) answers.set(question.id, answer);
      else answers.delete(question.id);
      acted(!!answers.size);
    };
    card.ask(
      questionForm(question, answers.get(question.id), !at, say, label, {
        picked(answer, isWhole) {
          fill(answer);
          if (!card.isPointing()) {
            pending = true;
            later(rest, save);
            return;
          }
          save();
          if (isWhole) later(glance, () => { step(1); });
        },
        left(answer, by) {
          fill(answer);
          step(by);
        },
      }),
    );
  }

  function finish(): void {
    finished = true;
    const tell = (mood: "sending" | "thanks" | "failed"): void => { card.tell(label(mood), mood); };
    tell("sending");
    const stopWaiting = clock.after(patience, () => { tell("failed"); });
    save("complete", safely((stored: boolean) => {
      stopWaiting();
      tell(stored ? "thanks" : "failed");
      if (stored) clock.after(farewell, () => { if (!card.isAttended()) close(); });
    }));
  }

  function close(): void {
    callOff();
    if (pending) save();
    finished = true;
    card.close();
    closed();
  }

  function dismiss(): void {
    acted(!!answers.size);
    if (!finished) save(answers.size ? "partial" : "dismissed");
    close();
  }

  const card = openCard(label, language, appearance, place, dismiss);
  step(1);
  outbox.put(write("shown", []));
  return {
    leave() {
      if (pending) save();
      outbox.leave();
    },
    close,
  };
}
