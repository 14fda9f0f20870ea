import assert from "node:assert/strict";
import { test } from "node:test";
import { openResponse, type Occasion, type State } from "../../src/delivery/response";
import type { Answer } from "../../src/flow/answers";
import { FakeClock } from "../support/fakeClock";

const clock = new FakeClock();
const occasion: Occasion = {
  id: "01a20297-643c-71fd-9a3a-e4e836ca2eac",
  site: "st_shopsample0000000000",
  survey: "effort-and-intention",
  surveyVersion: 1,
  visit: "0f9d7c1e-6b1f-4d58-9a56-0d3a3b1f2c4d",
  page: "https://shop.example/contact",
  language: "nl",
  device: "mobile",
  tags: { segment: "business" },
};
const opened = (): ReturnType<typeof openResponse> =>
  openResponse(occasion, { referrer: "https://search.example/", pagesInVisit: 4 }, clock.now() - 183_900, () => clock.now());

function revisions(...steps: [State, Answer[]][]): Record<string, unknown>[] {
  const write = opened();
  return steps.map(([state, answers]) => JSON.parse(write(state, answers)) as Record<string, unknown>);
}

test("a revision has the contract's shape", () => {
  assert.deepEqual(revisions(["partial", [{ question: "effort", score: 6 }]])[0], {
    id: "01a20297-643c-71fd-9a3a-e4e836ca2eac",
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
    tags: { segment: "business" },
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
  const write = opened();
  assert.equal((JSON.parse(write("partial", [], "https://spam.example")) as Record<string, unknown>).website, "https://spam.example");
  assert.equal("website" in (JSON.parse(write("partial", [], "")) as object), false);
});
