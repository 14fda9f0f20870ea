import type { Clock } from "./delivery/clock";
import type { Outbox } from "./delivery/outbox";
import { openResponse, type Occasion, type State } from "./delivery/response";
import type { Answer } from "./flow/answers";
import { directionOf, inLanguage } from "./flow/language";
import { answersThatCount, questionAfter, questionBefore } from "./flow/route";
import { openCard } from "./look/card";
import { questionForm } from "./look/questionForm";
import { safely } from "./safely";
import type { Label, Question, Text } from "./settings";

/** How long until screen readers know a region that is new; some read out nothing that changes sooner. */
const acquaintance = 1000;
/** Long enough to see what one pressed, too short to wait for. */
const glance = 150;
/** Arrow keys pass over scores on their way; only where they rest is an answer. */
const rest = 600;
/** How long "sending" may last before it would be a lie. */
const patience = 8000;
/** How long thanks stay, once nobody attends to them. */
const farewell = 5000;

/**
 * Shows a survey, leads through its questions, and hands every answer to the outbox.
 * `acted` is called when the visitor first answers or closes. Returns what to do when the page goes away.
 */
export function converse(occasion: Occasion, outbox: Outbox, clock: Clock, acted: () => void): () => void {
  const { survey: { questions, labels }, language } = occasion;
  const write = openResponse(occasion, () => clock.now());
  const answers = new Map<string, Answer>();
  const say = (text: Text | undefined): string => inLanguage(text, language);
  const label = (name: Label): string => say(labels[name]);
  let finished = false;
  let saved = "[]";
  let callOff = (): void => undefined;
  let pending = false;

  function save(state: State = "partial", settled?: (stored: boolean) => void): void {
    const counting = answersThatCount(questions, answers);
    const content = JSON.stringify(counting);
    pending = false;
    if (state === "partial" && content === saved) return;
    saved = content;
    outbox.put(write(state, counting, card.bait()), settled);
  }

  function fill(question: Question, answer: Answer | undefined): void {
    acted();
    if (answer) answers.set(question.id, answer);
    else answers.delete(question.id);
  }

  function later(pause: number, action: () => void): void {
    callOff();
    callOff = clock.after(pause, action);
  }

  function ask(at: number | undefined): void {
    callOff();
    const question = at === undefined ? undefined : questions[at];
    if (at === undefined || !question) {
      finish();
      return;
    }
    save();
    const before = questionBefore(questions, answers, at);
    const next = (): number | undefined => questionAfter(questions, answers, at);
    card.ask(
      questionForm(
        {
          question,
          answer: answers.get(question.id),
          isFirst: before === undefined,
          say,
          label,
          isLast: (answer) => questionAfter(questions, new Map(answers).set(question.id, answer), at) === undefined,
        },
        {
          picked(answer, isWhole) {
            acted();
            answers.set(question.id, answer);
            if (!card.isPointing()) {
              pending = true;
              later(rest, save);
              return;
            }
            save();
            if (isWhole) later(stillness() ? 0 : glance, () => { ask(next()); });
          },
          next(answer) {
            fill(question, answer);
            ask(next());
          },
          back(answer) {
            fill(question, answer);
            ask(before);
          },
        },
      ),
      at,
    );
  }

  function finish(): void {
    finished = true;
    card.tell(label("sending"), "sending");
    const failed = (): void => { card.tell(label("failed"), "failed"); };
    const stopWaiting = clock.after(patience, failed);
    save("complete", safely((stored: boolean) => {
      stopWaiting();
      if (!stored) {
        failed();
        return;
      }
      card.tell(label("thanks"), "thanks");
      closeWhenLeft();
    }));
  }

  function closeWhenLeft(): void {
    clock.after(farewell, () => {
      if (card.isAttended()) closeWhenLeft();
      else card.close();
    });
  }

  function dismiss(): void {
    callOff();
    acted();
    if (!finished) save(answers.size ? "partial" : "dismissed");
    finished = true;
    card.close();
  }

  const texts = { name: label("name"), close: label("close"), language, direction: directionOf(language) };
  const card = openCard(texts, questions.length, dismiss);
  ask(questionAfter(questions, answers, -1));
  clock.after(acquaintance, () => { card.announce(); });
  outbox.put(write("shown", []));
  return () => {
    if (pending) save();
    outbox.leave();
  };
}

function stillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
