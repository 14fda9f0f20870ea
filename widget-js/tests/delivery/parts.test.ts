import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutSecrets } from "../../src/delivery/address";
import { deviceOf } from "../../src/delivery/device";
import { uuid } from "../../src/delivery/uuid";
import { wellFormed } from "../../src/delivery/wellFormed";

test("an address leaves without query, fragment, user and password", () => {
  assert.equal(withoutSecrets("https://anna:secret@shop.example:8443/orders/7?token=abc#card"), "https://shop.example:8443/orders/7");
});

test("of a query, only the parameters that tell pages apart leave", () => {
  assert.equal(withoutSecrets("https://shop.example/search?token=abc&q=a+b%26c&tab=1#top", ["q", "x"]), "https://shop.example/search?q=a+b%26c");
  assert.equal(withoutSecrets("https://shop.example/search?token=abc", ["q"]), "https://shop.example/search");
});

test("what is no web address does not leave", () => {
  for (const address of ["", "about:blank", "file:///home/anna/page.html", "android-app://mail", "blob:https://shop.example/1"]) {
    assert.equal(withoutSecrets(address), undefined, address);
  }
});

test("an address is cut to what the collector takes", () => {
  assert.equal(withoutSecrets(`https://shop.example/${"a".repeat(3000)}`)?.length, 2048);
});

test("devices are told by finger and screen", () => {
  assert.equal(deviceOf(false, 320), "desktop");
  assert.equal(deviceOf(true, 390), "mobile");
  assert.equal(deviceOf(true, 768), "tablet");
});

test("a UUID of version 7 carries its time and sorts by it", () => {
  const time = 0x0123456789ab;
  assert.match(uuid(time), /^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(uuid(time) < uuid(time + 1));
});

test("two of the same time are different", () => {
  assert.notEqual(uuid(0), uuid(0));
});

test("half an emoji does not make a text unreadable", () => {
  assert.equal(wellFormed("cut \ud83d"), "cut \ufffd");
  assert.equal(wellFormed("\ude00 whole 😀"), "\ufffd whole 😀");
});
