import assert from "node:assert/strict";
import { test } from "node:test";
import { openOutbox, type Outbox } from "../../src/delivery/outbox";
import type { Reply } from "../../src/delivery/retry";
import { FakeClock, settle } from "../support/fakeClock";
import { FakePost } from "../support/fakePost";

function opened(): { outbox: Outbox; post: FakePost; clock: FakeClock } {
  const post = new FakePost();
  const clock = new FakeClock();
  return { outbox: openOutbox(post, clock, () => 1), post, clock };
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

test("pauses grow to a minute and no further", async () => {
  const { outbox, post, clock } = opened();
  post.replies.push(...Array.from({ length: 200 }, () => ({ status: 503 })));
  outbox.put("1");
  await clock.pass(3_600_000);
  // 1 + 2 + 4 + 8 + 16 + 32 seconds, then one each minute.
  assert.equal(post.sent.length, 1 + 6 + Math.floor((3600 - 63) / 60));
});

test("an hour without a connection ends in one stored revision", async () => {
  const { outbox, post, clock } = opened();
  const heard: boolean[] = [];
  post.replies.push(...Array.from({ length: 64 }, () => ({ status: 0 })));
  outbox.put("1", (stored) => heard.push(stored));
  await clock.pass(2 * 3_600_000);
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
  assert.deepEqual([...post.sent, ...post.handedOver], []);
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

test("at the page's end, what is not acknowledged is handed over, once", async () => {
  const { outbox, post } = opened();
  post.replies.push(held().reply);
  outbox.put("1");
  outbox.put("2");
  await settle();
  outbox.leave();
  outbox.leave();
  assert.deepEqual(post.handedOver, ["2"]);
});

test("what is acknowledged is not handed over", async () => {
  const { outbox, post } = opened();
  outbox.put("1");
  await settle();
  outbox.leave();
  assert.deepEqual(post.handedOver, []);
});

test("what the browser would not take over is offered again", async () => {
  const { outbox, post } = opened();
  post.replies.push(held().reply);
  post.takesOver = false;
  outbox.put("1");
  await settle();
  outbox.leave();
  outbox.leave();
  assert.deepEqual(post.handedOver, ["1", "1"]);
});
