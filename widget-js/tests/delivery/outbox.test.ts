import assert from "node:assert/strict";
import { test } from "node:test";
import { openOutbox, type Outbox } from "../../src/delivery/outbox";
import type { Reply } from "../../src/delivery/retry";
import { FakeClock, settle } from "../support/fakeClock";
import { FakePost } from "../support/fakePost";

function opened(): { outbox: Outbox; post: FakePost; clock: FakeClock } {
  const post = new FakePost();
  const clock = new FakeClock();
  return { outbox: openOutbox(post.send, clock, () => 1), post, clock };
}

/** A reply that a test gives when it wants. */
function held(): { reply: Promise<Reply>; give: (reply: Reply) => void } {
  let give: (reply: Reply) => void = () => undefined;
  const reply = new Promise<Reply>((done) => { give = done; });
  return { reply, give: (given) => { give(given); } };
}

test("a revision is sent once, and is settled when stored", async () => {
  const { outbox, post, clock } = opened();
  const heard: boolean[] = [];
  outbox.put("1", (stored) => heard.push(stored));
  await clock.pass(600_000);
  assert.deepEqual(post.sent, ["1"]);
  assert.deepEqual(heard, [true]);
});

test("only one revision is on its way at a time, and the newest goes next", async () => {
  const { outbox, post } = opened();
  const first = held();
  post.replies.push(first.reply);
  outbox.put("1");
  outbox.put("2");
  outbox.put("3");
  await settle();
  assert.deepEqual(post.sent, ["1"]);
  first.give({ status: 201 });
  await settle();
  assert.deepEqual(post.sent, ["1", "3"]);
});

for (const status of [0, 408, 425, 429, 500, 503]) {
  test(`status ${status} is tried again until stored`, async () => {
    const { outbox, post, clock } = opened();
    const heard: boolean[] = [];
    post.replies.push({ status }, { status });
    outbox.put("1", (stored) => heard.push(stored));
    await clock.pass(999);
    assert.deepEqual(post.sent, ["1"]);
    await clock.pass(1);
    assert.deepEqual(post.sent, ["1", "1"]);
    await clock.pass(1999);
    assert.equal(post.sent.length, 2);
    await clock.pass(1);
    assert.equal(post.sent.length, 3);
    assert.deepEqual(heard, [true]);
  });
}

for (const status of [400, 403, 404, 409, 413, 415, 422]) {
  test(`status ${status} is final`, async () => {
    const { outbox, post, clock } = opened();
    const heard: boolean[] = [];
    post.replies.push({ status });
    outbox.put("1", (stored) => heard.push(stored));
    await clock.pass(3_600_000);
    assert.deepEqual(post.sent, ["1"]);
    assert.deepEqual(heard, [false]);
  });
}

test("a refused revision does not hold up the next", async () => {
  const { outbox, post, clock } = opened();
  post.replies.push({ status: 422 });
  outbox.put("1");
  await settle();
  outbox.put("2");
  await clock.pass(0);
  assert.deepEqual(post.sent, ["1", "2"]);
});

test("pauses grow to a minute, and after ten tries in a row it is given up", async () => {
  const { outbox, post, clock } = opened();
  post.answer(200, { status: 503 });
  outbox.put("1");
  // 1 + 2 + 4 + 8 + 16 + 32 seconds, then one each minute.
  await clock.pass(63_000);
  assert.equal(post.sent.length, 7);
  await clock.pass(59_999);
  assert.equal(post.sent.length, 7);
  await clock.pass(3_600_000);
  assert.equal(post.sent.length, 10);
});

test("what was given up starts afresh with the next answer, also after a long Retry-After", async () => {
  for (const retryAfter of [null, "120"]) {
    const { outbox, post, clock } = opened();
    post.answer(20, { status: 503, retryAfter });
    outbox.put("1");
    await clock.pass(19 * 120_000 - 60_000);
    assert.equal(post.sent.length, 10);
    outbox.put("2");
    await clock.pass(3_600_000);
    assert.deepEqual(post.sent.slice(10), Array.from({ length: 10 }, () => "2"), `${retryAfter}`);
  }
});

test("a success among failures starts the count again", async () => {
  const { outbox, post, clock } = opened();
  for (const body of ["1", "2", "3"]) {
    post.answer(9, { status: 0 });
    outbox.put(body);
    await clock.pass(600_000);
  }
  assert.equal(post.sent.length, 30);
});

test("an hour without a connection ends in one stored revision, once there is one", async () => {
  const { outbox, post, clock } = opened();
  const heard: boolean[] = [];
  post.answer(10, { status: 0 });
  outbox.put("1", (stored) => heard.push(stored));
  await clock.pass(3_600_000);
  assert.deepEqual(heard, []);
  outbox.wake();
  await clock.pass(0);
  assert.deepEqual(heard, [true]);
});

test("a new answer is a reason to try at once", async () => {
  const { outbox, post, clock } = opened();
  post.replies.push({ status: 0 });
  outbox.put("1");
  await settle();
  outbox.put("2");
  await clock.pass(0);
  assert.deepEqual(post.sent, ["1", "2"]);
  await clock.pass(60_000);
  assert.equal(post.sent.length, 2, "the earlier pause was called off");
});

test("so is a new connection", async () => {
  const { outbox, post, clock } = opened();
  post.replies.push({ status: 0 });
  outbox.put("1");
  await settle();
  outbox.wake();
  await clock.pass(0);
  assert.deepEqual(post.sent, ["1", "1"]);
});

test("waking with nothing to send sends nothing", async () => {
  const { outbox, post } = opened();
  outbox.wake();
  outbox.leave();
  await settle();
  assert.deepEqual(post.sent, []);
});

test("Retry-After is waited out, whatever comes up", async () => {
  const { outbox, post, clock } = opened();
  post.replies.push({ status: 429, retryAfter: "30" });
  outbox.put("1");
  await settle();
  outbox.put("2");
  outbox.wake();
  await clock.pass(29_999);
  assert.deepEqual(post.sent, ["1"]);
  await clock.pass(1002);
  assert.deepEqual(post.sent, ["1", "2"]);
});

test("at the page's end, what is not acknowledged leaves beside what is on its way, once", async () => {
  const { outbox, post, clock } = opened();
  const [first, second] = [held(), held()];
  const heard: boolean[] = [];
  post.replies.push(first.reply, second.reply);
  outbox.put("1");
  outbox.put("2", (stored) => heard.push(stored));
  await settle();
  outbox.leave();
  outbox.leave();
  assert.deepEqual(post.sent, ["1", "2"]);
  second.give({ status: 201 });
  first.give({ status: 0 });
  await clock.pass(600_000);
  assert.deepEqual(post.sent, ["1", "2"], "what a hidden page hears of it counts");
  assert.deepEqual(heard, [true]);
});

test("what is on its way already is not sent twice", async () => {
  const { outbox, post } = opened();
  post.replies.push(held().reply);
  outbox.put("1");
  await settle();
  outbox.leave();
  assert.deepEqual(post.sent, ["1"]);
});

test("what is acknowledged does not leave again", async () => {
  const { outbox, post } = opened();
  outbox.put("1");
  await settle();
  outbox.leave();
  assert.deepEqual(post.sent, ["1"]);
});

test("leaving again during an outage sends again", async () => {
  const { outbox, post, clock } = opened();
  post.answer(1000, { status: 503 });
  outbox.put("1");
  await clock.pass(10_000);
  const before = post.sent.length;
  outbox.leave();
  assert.equal(post.sent.length, before + 1);
  await clock.pass(70_000);
  const after = post.sent.length;
  outbox.leave();
  assert.equal(post.sent.length, after + 1);
});

test("leaving does not wait, and once it was given up, tries just once", async () => {
  const { outbox, post, clock } = opened();
  post.answer(1000, { status: 429, retryAfter: "30" });
  outbox.put("1");
  await clock.pass(3_600_000);
  assert.equal(post.sent.length, 10);
  for (const times of [11, 12]) {
    outbox.leave();
    await clock.pass(3_600_000);
    assert.equal(post.sent.length, times);
  }
});

test("what is not settled is kept for a later page, the newest alone, and crossed off once it is", async () => {
  const post = new FakePost();
  const kept: (string | undefined)[] = [];
  const outbox = openOutbox(post.send, new FakeClock(), () => 1, (body) => { kept.push(body); });
  const first = held();
  post.replies.push(first.reply);
  outbox.put("1");
  outbox.put("2");
  first.give({ status: 201 });
  await settle();
  assert.deepEqual(kept, ["1", "2", undefined]);
});

test("what was refused for good is not kept; what could not be sent is", async () => {
  for (const [status, last] of [[422, undefined], [503, "1"]] as const) {
    const post = new FakePost();
    const kept: (string | undefined)[] = [];
    post.replies.push({ status });
    openOutbox(post.send, new FakeClock(), () => 1, (body) => { kept.push(body); }).put("1");
    await settle();
    assert.equal(kept.at(-1), last);
  }
});
