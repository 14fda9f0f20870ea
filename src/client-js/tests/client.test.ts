import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CollectorError, createClient, type Client } from "@collector/client";
import { Answering, saying } from "./support/answering.js";
import { CollectorProcess } from "./support/collector.js";
import { someResponse, someSite } from "./support/some.js";

/** The error that a call ends with. */
async function error(call: Promise<unknown>): Promise<CollectorError> {
  const outcome = await call.then(() => null, (failure: unknown) => failure);
  assert.ok(outcome instanceof CollectorError, String(outcome));
  return outcome;
}

describe("with a collector", () => {
  let collector: CollectorProcess;
  let client: Client;

  before(async () => {
    collector = await CollectorProcess.start({ Collector__Limits__PerSitePerSecond: "5" });
    client = createClient({ baseUrl: `${collector.address}/`, key: collector.adminKey });
  });

  after(() => collector.stop());

  test("an error names its fields", async () => {
    const site = await someSite(client);
    const wrong = await error(client.createGroup({ site: site.id, body: { id: "Not an id!", name: "", patterns: [] } }));
    assert.deepEqual([wrong.name, wrong.status, wrong.detail, Object.keys(wrong.errors).sort()], ["CollectorError", 422, "The request is not valid; see errors.", ["/id", "/name", "/patterns"]]);
    assert.match(wrong.message, /^422: The request is not valid; see errors\. \/\w+: .+/);
    assert.deepEqual(Object.keys((await error(client.getCes({ site: site.id, from: "yesterday" }))).errors), ["from"]);
  });

  test("without a key responses can be posted and figures cannot be read", async () => {
    const site = await someSite(client);
    const anybody = createClient({ baseUrl: new URL(collector.address) });
    assert.ok((await anybody.postResponse({ body: someResponse(site) })).id);
    assert.equal((await error(anybody.getCes({ site: site.id }))).status, 401);
  });

  test("marks narrow figures down", async () => {
    const site = await someSite(client);
    await client.postResponse({ body: { ...someResponse(site, { question: "effort", score: 7 }), tags: { segment: "big & small" } } });
    const { ces } = await client.getCes({ site: site.id, "tag.segment": "big & small" });
    assert.deepEqual([ces.answers, ces.mean], [1, 7]);
  });

  test("a list is read to its end, a page at a time, and no further than it is wanted", async () => {
    const site = await someSite(client);
    for (let i = 0; i < 6; i++) await client.createKey({ site: site.id, body: { name: `Key ${i}`, scopes: ["read"] } });
    let calls = 0;
    const counting = createClient({ baseUrl: collector.address, key: collector.adminKey, fetch: (...given) => (calls++, fetch(...given)) });
    const names: string[] = [];
    for await (const key of counting.allKeys({ site: site.id, limit: 3 })) names.push(key.name);
    assert.deepEqual([names.length, new Set(names).size, calls], [7, 7, 3]);
    calls = 0;
    for await (const key of counting.allKeys({ site: site.id, limit: 3 })) if (key.name) break;
    assert.equal(calls, 1);
  });

  test("too many responses at once are all stored in the end", async () => {
    const site = await someSite(client);
    await Promise.all(Array.from({ length: 12 }, () => client.postResponse({ body: someResponse(site, { question: "effort", score: 4 }) })));
    assert.equal((await client.getCes({ site: site.id })).ces.answers, 14);
  });
});

test("it is sent below the address's path, with the key only where one is needed", async () => {
  const server = await Answering.start(saying(200, { items: [], next: null }));
  try {
    const client = createClient({ baseUrl: `${server.address}/collector/`, key: "ck_1" });
    await client.listSurveys({ site: "a/b c", limit: 5, cursor: undefined } as never);
    await client.getWidgetSettings({ siteKey: "st_1" });
    assert.deepEqual(server.requests.map(({ method, url, headers }) => [method, url, headers.authorization]), [
      ["GET", "/collector/v1/sites/a%2Fb%20c/surveys?limit=5", "Bearer ck_1"],
      ["GET", "/collector/v1/widget/st_1", undefined],
    ]);
  } finally {
    server.stop();
  }
});

test("what is missing in the address, or would lead elsewhere, is not sent", async () => {
  const client = createClient({ baseUrl: "http://127.0.0.1:9", fetch: () => Promise.reject(new Error("It was sent.")) });
  for (const site of ["", ".", ".."]) await assert.rejects(client.listKeys({ site }), new TypeError("site is needed."));
});

test("an answer of something else than a collector is an error", async () => {
  for (const answer of [saying(200, "<p>Hello</p>", { "Content-Type": "text/html" }), saying(301, "", { Location: "/elsewhere" }), saying(502, "Bad gateway")]) {
    const server = await Answering.start(answer);
    const wrong = await error(createClient({ baseUrl: server.address, retries: 0 }).listSites());
    assert.deepEqual(wrong.errors, {});
    assert.ok(wrong.message.startsWith(`${wrong.status}: `) && wrong.title);
    server.stop();
  }
});
