import assert from "node:assert/strict";
import { test } from "node:test";
import { CollectorError, createClient, type CallOptions, type Client, type ClientOptions } from "@collector/client";
import { Answering, breakingOff, hangingUp, nothingAtAll, saying } from "./support/answering.js";

const list = { items: [], next: null };
const busy = saying(503, { title: "Service Unavailable", detail: "Not now." }, { "Retry-After": "0" });
const tooMany = saying(429, { title: "Too Many Requests" }, { "Retry-After": "0" });
const response = { id: "0199a1b2-0000-7000-8000-000000000000", site: "st_1", survey: "s", page: "https://shop.example/", revision: 1, state: "shown" } as const;

type Answers = Parameters<typeof Answering.start>;

/** Calls a client whose collector gives these answers; how often it was asked, and what came of it. */
async function asked(answers: Answers, call: (client: Client) => Promise<unknown>, options: Partial<ClientOptions> = {}): Promise<{ times: number; outcome: unknown }> {
  const server = await Answering.start(...answers);
  try {
    const outcome = await call(createClient({ baseUrl: server.address, key: "ck_1", ...options })).catch((error: unknown) => error);
    return { times: server.requests.length, outcome };
  } finally {
    server.stop();
  }
}

const get = (client: Client, options?: CallOptions): Promise<unknown> => client.listSites({}, options);

for (const [name, call, answer, times] of [
  ["reading", get, busy, 3],
  ["replacing", (client) => client.replaceGroup({ site: "a", id: "b", body: {} }), busy, 3],
  ["changing", (client) => client.changeGroup({ site: "a", id: "b", body: {} }), busy, 3],
  ["removing", (client) => client.deleteGroup({ site: "a", id: "b" }), busy, 3],
  ["posting a response", (client) => client.postResponse({ body: response }), busy, 3],
  ["making", (client) => client.createSite({ body: { name: "Shop" } }), busy, 1],
  ["making, refused before anything happened,", (client) => client.createSite({ body: { name: "Shop" } }), tooMany, 3],
  ["reading over a connection that breaks", get, hangingUp, 3],
  ["reading an answer that breaks off", get, breakingOff, 3],
  ["making over a connection that breaks", (client) => client.createSite({ body: { name: "Shop" } }), hangingUp, 1],
  ["reading what a collector failed at", get, saying(500, {}), 1],
  ["reading what is not there", get, saying(404, {}), 1],
] satisfies [string, (client: Client) => Promise<unknown>, Answers[0], number][]) {
  test(`${name} is tried ${times === 1 ? "once" : "again"}`, async () => {
    const attempt = await asked(answer === hangingUp || answer === breakingOff || times === 1 ? [answer] : [answer, answer, saying(200, list)], call, { retries: 2 });
    assert.equal(attempt.times, times);
  });
}

test("what was refused for a moment succeeds in the end", async () => {
  assert.deepEqual((await asked([busy, hangingUp, breakingOff, saying(200, list)], get)).outcome, list);
});

test("it waits as long as it is told, in seconds or until a date", async () => {
  const began = performance.now();
  await asked([saying(503, {}, { "Retry-After": "1" }), saying(200, list)], get);
  assert.ok(performance.now() - began >= 1000);
  const dated = await asked([saying(503, {}, { "Retry-After": new Date(Date.now() - 5000).toUTCString() }), saying(200, list)], get);
  assert.deepEqual(dated, { times: 2, outcome: list });
});

test("it waits longer each time, and never twice the same, when it is not told", async (context) => {
  const waits: number[] = [];
  const { setTimeout } = globalThis;
  context.mock.method(globalThis, "setTimeout", (then: (...given: unknown[]) => void, milliseconds: number, ...given: unknown[]) => {
    // Node's own connections have timers, too: those of the tests before this one.
    if (!new Error().stack?.includes("/dist/retry.js")) return setTimeout(then, milliseconds, ...given);
    waits.push(milliseconds);
    return setTimeout(then, 0);
  });
  const client = createClient({ baseUrl: "https://collector.example", retries: 4, fetch: () => Promise.resolve(new Response("{}", { status: 503 })) });
  await assert.rejects(client.listSites(), CollectorError);
  assert.equal(waits.length, 4);
  waits.forEach((wait, index) => { assert.ok(wait >= 250 * 2 ** index && wait <= 500 * 2 ** index, waits.join()); });
  await assert.rejects(client.listSites(), CollectorError);
  assert.equal(new Set(waits).size, 8);
});

test("it does not wait for more than a minute, and says how long it would have been", async () => {
  const { times, outcome } = await asked([saying(429, {}, { "Retry-After": "3600" })], get);
  assert.equal(times, 1);
  assert.ok(outcome instanceof CollectorError);
  assert.deepEqual([outcome.status, outcome.retryAfter], [429, 3600]);
});

test("no retries are none", async () => {
  assert.equal((await asked([busy], get, { retries: 0 })).times, 1);
});

test("a stream is sent once", async () => {
  const body = new Blob(["{}\n"]).stream();
  assert.equal((await asked([tooMany], (client) => client.importResponses({ site: "a", body }))).times, 1);
});

test("the caller ends a call, while it is answered and while it waits", async () => {
  for (const answer of [nothingAtAll, saying(503, {}, { "Retry-After": "30" })]) {
    const began = performance.now();
    const { times, outcome } = await asked([answer], (client) => get(client, { signal: AbortSignal.timeout(100) }));
    assert.ok(outcome instanceof DOMException);
    assert.deepEqual([outcome.name, times], ["TimeoutError", 1]);
    assert.ok(performance.now() - began < 5000);
  }
  const { times, outcome } = await asked([busy], (client) => get(client, { signal: AbortSignal.abort(new Error("No longer wanted.")) }));
  assert.deepEqual([times, outcome], [0, new Error("No longer wanted.")]);
});
