import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { browserPost } from "../../src/delivery/browserPost";

const url = new URL("https://collector.example/v1/responses");

test("a body leaves without credentials or preflight, and outlives the page", async () => {
  const fetched = mock.method(globalThis, "fetch", () => Promise.resolve(new Response("{}", { status: 201 })));
  assert.deepEqual(await browserPost(url)("{}"), { status: 201, retryAfter: null });
  const [to, { method, body, headers, credentials, keepalive, mode } = {}] = fetched.mock.calls[0]?.arguments ?? [];
  assert.deepEqual([to, method, body, credentials, keepalive], [url, "POST", "{}", "omit", true]);
  // A text without headers is text/plain, and across origins "cors" is what fetch does unasked.
  assert.deepEqual([headers, mode], [undefined, undefined]);
  fetched.mock.restore();
});

test("how long the collector asks to wait is read", async () => {
  const fetched = mock.method(globalThis, "fetch", () => Promise.resolve(new Response("", { status: 503, headers: { "Retry-After": "7" } })));
  assert.deepEqual(await browserPost(url)("{}"), { status: 503, retryAfter: "7" });
  fetched.mock.restore();
});

test("whatever fails is a status, not an exception", async () => {
  const broken = [() => Promise.reject(new TypeError("blocked")), () => { throw new Error("patched"); }, () => Promise.resolve(undefined as unknown as Response)];
  for (const fetch of broken) {
    const fetched = mock.method(globalThis, "fetch", fetch);
    assert.deepEqual(await browserPost(url)("{}"), { status: 0 });
    fetched.mock.restore();
  }
});
