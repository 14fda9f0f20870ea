import assert from "node:assert/strict";
import { test } from "node:test";
import { askedPause, pauseAfter } from "../../src/delivery/retry";

const now = Date.UTC(2026, 10, 22, 9, 30);

test("pauses are spread over half their length", () => {
  assert.equal(pauseAfter(1, 0), 500);
  assert.equal(pauseAfter(1, 1), 1000);
  assert.equal(pauseAfter(4, 0.5), 6000);
  assert.equal(pauseAfter(5000, 1), 60_000);
});

test("Retry-After is read in seconds and as a date", () => {
  assert.equal(askedPause({ status: 429, retryAfter: "7" }, now), 7000);
  assert.equal(askedPause({ status: 503, retryAfter: "Sun, 22 Nov 2026 09:30:20 GMT" }, now), 20_000);
});

test("a senseless or hostile Retry-After does no harm", () => {
  for (const retryAfter of [null, "", "soon", "-5", "Sun, 22 Nov 2020 09:30:20 GMT"]) {
    assert.equal(askedPause({ status: 503, retryAfter }, now), 0, `${retryAfter}`);
  }
  assert.equal(askedPause({ status: 503, retryAfter: "99999999999" }, now), 3_600_000);
});
