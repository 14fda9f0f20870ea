import assert from "node:assert/strict";
import { test } from "node:test";
import { openMemory, type Memory } from "../../src/visit/memory";
import type { Store } from "../../src/visit/shelf";

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
  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

const opened = (session: FakeStore, local: FakeStore, key = site): Memory => openMemory(() => session, () => local, key, now);
const denied = (): Store => { throw new Error("denied"); };

/** What happens when a page begins, and when the visitor answers. */
const arrive = (memory: Memory): void => { memory(({ visit }) => { visit.pages++; }); };
const answer = (memory: Memory): void => {
  memory((known) => {
    known.may ??= true;
    known.visit.asked.push("plain");
    known.past.answered.plain = now;
  });
};

test("before the visitor acts, nothing is written", () => {
  const [session, local] = [new FakeStore(), new FakeStore()];
  const memory = opened(session, local);
  arrive(memory);
  memory(({ visit, past }) => {
    visit.asked.push("plain");
    past.unsent.id = "body";
  });
  assert.equal(memory().visit.pages, 1);
  assert.equal(session.kept.size + local.kept.size, 0);
});

test("once the visitor acted, a later page joins the visit and knows when", () => {
  const [session, local] = [new FakeStore(), new FakeStore()];
  const first = opened(session, local);
  arrive(first);
  answer(first);
  const second = opened(session, local);
  arrive(second);
  assert.equal(second().visit.id, first().visit.id);
  assert.deepEqual([second().visit.pages, second().visit.asked, second().past.answered], [2, ["plain"], { plain: now }]);
});

test("what a later page did is seen by an earlier one that comes back", () => {
  const [session, local] = [new FakeStore(), new FakeStore()];
  const first = opened(session, local);
  answer(first);
  arrive(opened(session, local));
  assert.equal(first().visit.pages, 1);
});

test("a new visit knows the past, and writes nothing of itself", () => {
  const local = new FakeStore();
  answer(opened(new FakeStore(), local));
  const session = new FakeStore();
  const memory = opened(session, local);
  arrive(memory);
  assert.deepEqual(memory().past.answered, { plain: now });
  assert.equal(session.kept.size, 0);
});

test("what an earlier visit could not send is crossed off by a later one that has not acted", () => {
  const local = new FakeStore();
  const first = opened(new FakeStore(), local);
  answer(first);
  first(({ past }) => { past.unsent.id = "body"; });
  const second = opened(new FakeStore(), local);
  assert.deepEqual(second().past.unsent, { id: "body" });
  second(({ past }) => { past.unsent.id = undefined; });
  assert.deepEqual(opened(new FakeStore(), local)().past.unsent, {});
});

test("consent keeps the visit at once; refusal clears it, and keeps nothing after", () => {
  const [session, local] = [new FakeStore(), new FakeStore()];
  const memory = opened(session, local);
  memory((known) => { known.may = true; });
  assert.equal(session.kept.size + local.kept.size, 2);
  memory((known) => { known.may = false; });
  answer(memory);
  assert.equal(session.kept.size + local.kept.size, 0);
});

test("keys carry the product's name and the site's, and another site's visit is another", () => {
  const [session, local] = [new FakeStore(), new FakeStore()];
  answer(opened(session, local));
  assert.deepEqual([...session.kept.keys(), ...local.kept.keys()], ["collector.st_shopsample0000000000", "collector.st_shopsample0000000000"]);
  assert.deepEqual(opened(session, local, "st_other")().visit.asked, []);
});

test("denied or broken storage begins a new visit", () => {
  const broken = (): (() => Store) => {
    const store = new FakeStore();
    store.setItem(`collector.${site}`, "{broken");
    return () => store;
  };
  for (const [session, local] of [[denied, denied], [broken(), broken()]] as const) {
    const memory = openMemory(session, local, site, now);
    arrive(memory);
    answer(memory);
    assert.equal(memory().visit.pages, 1);
  }
});
