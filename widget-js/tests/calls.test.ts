import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { takeCalls } from "../src/calls";

type Global = ((...call: unknown[]) => void) & { q?: unknown[][] };
const page = { collector: undefined as unknown };
beforeEach(() => {
  page.collector = undefined;
  Object.assign(globalThis, { window: page });
});

function heardBy(site: string): unknown[][] {
  const heard: unknown[][] = [];
  takeCalls(site, () => (...call) => { heard.push(call); });
  return heard;
}

test("what the page called before is heard first, then what it calls", () => {
  const stub: Global = (...call) => { (stub.q ??= []).push(call); };
  page.collector = stub;
  stub("event", "early");
  const heard = heardBy("a");
  stub("event", "late");
  assert.deepEqual(heard, [["event", "early"], ["event", "late"]]);
});

test("without a stub there is a global all the same", () => {
  const heard = heardBy("a");
  (page.collector as Global)("show");
  assert.deepEqual(heard, [["show", undefined]]);
});

test("a tag pasted twice begins once, and another site's begins, too, and hears all", () => {
  const first = heardBy("a");
  (page.collector as Global)("event", "one");
  const again = heardBy("a");
  const other = heardBy("b");
  (page.collector as Global)("event", "two");
  const both = [["event", "one"], ["event", "two"]];
  assert.deepEqual([first, again, other], [both, [], both]);
});

test("something else of that name is left alone, and the survey begins", () => {
  page.collector = Object.freeze({ theirs: true });
  let begun = 0;
  takeCalls("a", () => {
    begun++;
    return () => undefined;
  });
  assert.equal(begun, 1);
});

test("a call that fails does not reach the page", () => {
  takeCalls("a", () => () => { throw new Error("broken"); });
  assert.doesNotThrow(() => { (page.collector as Global)("show"); });
});
