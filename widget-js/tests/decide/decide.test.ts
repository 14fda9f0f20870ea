import assert from "node:assert/strict";
import { test } from "node:test";
import type { Candidate } from "../../src/decide/candidate";
import { byPriority, choose } from "../../src/decide/choose";
import { decide } from "../../src/decide/decide";
import type { Facts } from "../../src/decide/facts";

const visitor: Facts = {
  page: "shop.example/checkout/pay", device: "mobile", language: "nl-BE", tags: { segment: "business" }, pagesInVisit: 2, roll: 0.3,
  privacySignal: false, shownThisVisit: [], daysSinceAnswer: {}, daysSinceDismissal: {}, siteQuietDays: 0,
};
const plain: Candidate = { id: "plain", show: { afterSeconds: 3 } };

/** The rules that stop a survey for this visitor. */
const stopped = (survey: Partial<Candidate>, facts: Partial<Facts> = {}): string[] =>
  decide([{ ...plain, ...survey }], { ...visitor, ...facts }).surveys[0]?.rules.filter(({ passed }) => !passed).map(({ rule }) => rule) ?? ["no survey"];

test("without rules, a survey with a trigger shows", () => {
  assert.deepEqual(stopped({}), []);
  assert.equal(decide([plain], visitor).winner, "plain");
});

test("each rule has its name", () => {
  for (const { rule } of decide([plain], visitor).surveys[0]?.rules ?? []) assert.notEqual(rule, "");
});

test("the page must be meant and not be excepted", () => {
  assert.deepEqual(stopped({ where: { include: ["/cart", "/checkout/**"] } }), []);
  assert.deepEqual(stopped({ where: { include: ["/cart"] } }), ["include"]);
  assert.deepEqual(stopped({ where: { include: ["/checkout/**"], exclude: ["/checkout/pay"] } }), ["exclude"]);
});

test("device, language and tags must be among those asked for", () => {
  assert.deepEqual(stopped({ where: { devices: ["mobile"], languages: ["nl"], tags: { segment: ["private", "business"] } } }), []);
  assert.deepEqual(
    stopped({ where: { devices: ["tablet", "desktop"], languages: ["en"], tags: { segment: ["private"], missing: ["x"] } } }),
    ["devices", "languages", "tags"]);
  assert.deepEqual(stopped({ where: { tags: { constructor: ["x"] } } }), ["tags"]);
});

test("a survey without an automatic trigger waits to be called", () => {
  assert.deepEqual(stopped({ show: { tab: true, inline: true, pages: 1 } }), ["trigger"]);
  assert.deepEqual(stopped({ show: { afterSeconds: 0 } }), []);
  assert.deepEqual(stopped({ show: { event: "paid" } }), []);
});

test("not before the page that was asked for", () => {
  assert.deepEqual(stopped({ show: { exit: true, pages: 3 } }), ["pages"]);
  assert.deepEqual(stopped({ show: { exit: true, pages: 2 } }), []);
});

test("the share is of all visits, by their roll", () => {
  assert.deepEqual(stopped({ often: { share: 0.3 } }), ["share"]);
  assert.deepEqual(stopped({ often: { share: 0.31 } }), []);
  assert.deepEqual(stopped({ often: { share: 0 } }, { roll: 0 }), ["share"]);
});

test("a privacy signal is heeded", () => {
  assert.deepEqual(stopped({}, { privacySignal: true }), ["privacySignal"]);
});

test("one survey per visit", () => {
  assert.deepEqual(stopped({}, { shownThisVisit: ["other"] }), ["visit"]);
});

test("a survey may come beside another of the visit: the effort in the end, after the intent on arrival", () => {
  const often = { alongside: "arrival" };
  const asked = { daysSinceAnswer: { arrival: 0 }, siteQuietDays: 7 };
  assert.deepEqual(stopped({ often }, { shownThisVisit: ["arrival", "arrival"], ...asked }), []);
  assert.deepEqual(stopped({ often }, { shownThisVisit: ["arrival", "plain"], ...asked }), ["visit"]);
  assert.deepEqual(stopped({ often }, { shownThisVisit: ["other"], daysSinceAnswer: { other: 0 }, siteQuietDays: 7 }), ["visit", "siteQuietDays"]);
});

test("after an answer and after a dismissal it is quiet for so many days", () => {
  const often = { quietDaysAfterAnswer: 90, quietDaysAfterDismissal: 30 };
  assert.deepEqual(stopped({ often }, { daysSinceAnswer: { plain: 89.9 }, daysSinceDismissal: { plain: 29.9 } }), ["quietDaysAfterAnswer", "quietDaysAfterDismissal"]);
  assert.deepEqual(stopped({ often }, { daysSinceAnswer: { plain: 90 }, daysSinceDismissal: { plain: 30 } }), []);
  assert.deepEqual(stopped({ often }, { daysSinceAnswer: { other: 1 }, daysSinceDismissal: { other: 1 } }), []);
  assert.deepEqual(stopped({ often, id: "constructor" }), []);
});

test("the whole site is quiet after any of its surveys", () => {
  assert.deepEqual(stopped({}, { siteQuietDays: 7, daysSinceAnswer: { other: 6 } }), ["siteQuietDays"]);
  assert.deepEqual(stopped({}, { siteQuietDays: 7, daysSinceDismissal: { other: 6 } }), ["siteQuietDays"]);
  assert.deepEqual(stopped({}, { siteQuietDays: 7, daysSinceAnswer: { other: 7 }, daysSinceDismissal: { plain: 7 } }), []);
  assert.deepEqual(stopped({}, { siteQuietDays: 7 }), []);
});

test("the highest priority wins among those that may show, and of the same the first by id", () => {
  const surveys: Candidate[] = [{ ...plain, id: "c", priority: -1 }, { ...plain, id: "b" }, { ...plain, id: "a" }, { ...plain, id: "z", priority: 9, where: { include: ["/other"] } }];
  assert.deepEqual(decide(surveys, visitor).surveys.map(({ survey }) => survey), ["z", "a", "b", "c"]);
  assert.equal(choose(byPriority(surveys), visitor)?.id, "a");
  assert.equal(choose(surveys.slice(3), visitor), undefined);
  assert.equal("winner" in decide(surveys.slice(3), visitor), false);
});
