import assert from "node:assert/strict";
import { test } from "node:test";
import { keepVisit, openVisit, visitLeft, withDone, type Store } from "../../src/visit/visit";

const now = Date.UTC(2026, 10, 22, 9, 30);
const site = "st_shopsample0000000000";

class FakeStore implements Store {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
}

const denied: Store = {
  getItem: () => { throw new Error("denied"); },
  setItem: () => { throw new Error("denied"); },
};

test("a new visit writes nothing", () => {
  const store = new FakeStore();
  const visit = openVisit(store, site, now);
  assert.deepEqual([visit.start, visit.pages, visit.done], [now, 1, []]);
  assert.equal(store.kept.size, 0);
});

test("a later page joins the visit and counts itself", () => {
  const store = new FakeStore();
  const first = openVisit(store, site, now);
  keepVisit(store, site, withDone(first, "effort-and-intention"));
  openVisit(store, site, now + 1000);
  const third = openVisit(store, site, now + 2000);
  assert.deepEqual(third, { id: first.id, start: now, pages: 3, done: ["effort-and-intention"] });
});

test("what a later page did is seen by an earlier one that comes back", () => {
  const store = new FakeStore();
  openVisit(store, site, now);
  assert.equal(visitLeft(store, site), undefined);
  keepVisit(store, site, withDone(openVisit(store, site, now), "effort-and-intention"));
  assert.deepEqual(visitLeft(store, site)?.done, ["effort-and-intention"]);
  assert.equal(visitLeft(store, site)?.pages, 1, "looking is not a page");
});

test("keys carry the product's name and the site's", () => {
  const store = new FakeStore();
  keepVisit(store, site, openVisit(store, site, now));
  assert.deepEqual([...store.kept.keys()], ["collector.st_shopsample0000000000"]);
});

test("another site in the same tab is another visit", () => {
  const store = new FakeStore();
  keepVisit(store, site, openVisit(store, site, now));
  assert.equal(openVisit(store, "st_other", now).pages, 1);
});

test("denied, missing or broken storage begins a new visit", () => {
  const broken = new FakeStore();
  broken.setItem("collector.st_shopsample0000000000", "{broken");
  for (const store of [denied, undefined, broken]) {
    const visit = openVisit(store, site, now);
    keepVisit(store, site, withDone(visit, "effort-and-intention"));
    assert.equal(visit.pages, 1);
  }
});
