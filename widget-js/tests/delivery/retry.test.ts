import assert from "node:assert/strict";
import { test } from "node:test";
import { askedPause, pauseAfter } from "../../src/delivery/retry";

test("pauses are spread over half their length", () => {
  assert.equal(pauseAfter(1, 0), 500);
  assert.equal(pauseAfter(1, 1), 1000);
  assert.equal(pauseAfter(4, 0.5), 6000);
  assert.equal(pauseAfter(5000, 1), 60_000);
});

test("Retry-After is read in seconds", () => {
  assert.equal(askedPause({ status: 429, retryAfter: "7" }), 7000);
});

test("a senseless or hostile Retry-After does no harm", () => {
  for (const retryAfter of [null, "", "soon", "Sun, 22 Nov 2026 09:30:20 GMT"]) {
    assert.equal(askedPause({ status: 503, retryAfter }), 0, `${retryAfter}`);
  }
  assert.ok(askedPause({ status: 503, retryAfter: "-5" }) <= 0);
  assert.equal(askedPause({ status: 503, retryAfter: "99999999999" }), 3_600_000);
});
