import assert from "node:assert/strict";
import { test } from "node:test";
import { openResponse, type Occasion, type State } from "../../src/delivery/response";
import type { Answer } from "../../src/flow/answers";
import { FakeClock } from "../support/fakeClock";
import { sampleSurvey } from "../support/sample";

const clock = new FakeClock();
const occasion: Occasion = {
  site: "st_shopsample0000000000",
  survey: sampleSurvey,
  visit: { id: "0f9d7c1e-6b1f-4d58-9a56-0d3a3b1f2c4d", start: clock.now() - 183_900, pages: 4, done: [] },
  page: "https://shop.example/contact",
  referrer: "https://search.example/",
  language: "nl",
  device: "mobile",
};

function revisions(...steps: [State, Answer[]][]): Record<string, unknown>[] {
  const write = openResponse(occasion, () => clock.now());
  return steps.map(([state, answers]) => JSON.parse(write(state, answers)) as Record<string, unknown>);
}

test("a revision has the contract's shape", () => {
  const [{ id, ...rest } = {}] = revisions(["partial", [{ question: "effort", score: 6 }]]);
  assert.match(id as string, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(rest, {
    site: "st_shopsample0000000000",
    survey: "effort-and-intention",
    surveyVersion: 1,
    visit: "0f9d7c1e-6b1f-4d58-9a56-0d3a3b1f2c4d",
    page: "https://shop.example/contact",
    revision: 1,
    state: "partial",
    answers: [{ question: "effort", score: 6 }],
    language: "nl",
    device: "mobile",
    context: { referrer: "https://search.example/", pagesInVisit: 4, secondsInVisit: 183 },
    answeredAt: "2026-11-22T09:30:00.000Z",
  });
});

test("revisions count up under one id", () => {
  const [first, second, third] = revisions(["shown", []], ["partial", []], ["complete", []]);
  assert.deepEqual([first?.revision, second?.revision, third?.revision], [1, 2, 3]);
  assert.equal(new Set([first?.id, second?.id, third?.id]).size, 1);
});

test("what a bot filled in travels along, and nothing where nobody did", () => {
  const write = openResponse(occasion, () => clock.now());
  assert.equal((JSON.parse(write("partial", [], "https://spam.example")) as Record<string, unknown>).website, "https://spam.example");
  assert.equal("website" in (JSON.parse(write("partial", [], "")) as object), false);
});

test("two responses have two ids", () => {
  assert.notEqual(revisions(["shown", []])[0]?.id, revisions(["shown", []])[0]?.id);
});

test("half an emoji does not make the text unreadable", () => {
  const [revision] = revisions(["partial", [{ question: "reason", text: "cut \ud83d" }, { question: "intent", choice: "other", text: "\ude00 whole 😀" }]]);
  assert.deepEqual(revision?.answers, [
    { question: "reason", text: "cut \ufffd" },
    { question: "intent", choice: "other", text: "\ufffd whole 😀" },
  ]);
});
