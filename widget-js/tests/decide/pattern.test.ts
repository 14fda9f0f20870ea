import assert from "node:assert/strict";
import { test } from "node:test";
import { pageOf } from "../../src/decide/page";
import { matches } from "../../src/decide/pattern";

const on = (pattern: string, path: string): boolean => matches(pattern, pageOf(`https://shop.example${path}`));

test("one star is a segment and two are any number of them", () => {
  const cases: [pattern: string, path: string, fits: boolean][] = [
    ["/products/*", "/products/42", true],
    ["/products/*", "/products", false],
    ["/products/*", "/products/42/review", false],
    ["/products/*", "/Products/42", false],
    ["/products/*", "/products/*", true],
    ["/**/review", "/review", true],
    ["/**/review", "/products/42/review/", true],
    ["/**/review", "/products/42/review/1", false],
    ["/**/review", "/preview", false],
    ["/products/**", "/products", true],
    ["/products/**", "/products/a/b/c", true],
    ["/**/a/**/b", "/a/b/a/x/b", true],
    ["/**/a/**/b", "/b/x/a", false],
    ["/**/a/*/b", "/a/a/x/b", true],
    ["/**/a/*/b", "/a/a/b/b", true],
    ["/**/a/*/b", "/a/b", false],
    ["/", "/", true],
    ["/", "/a", false],
    ["/*", "/", false],
    ["/**", "/", true],
    ["/**", "/a/b", true],
    ["/a/*/b", "/a//b", true],
    ["/a/**/b", "/a/**/b", true],
    ["/caf%C3%A9/*", "/caf%c3%a9/au-lait", true],
    ["/contact", "/contact/?from=mail#top", true],
    ["shop.example/*", "/a", true],
    ["other.example/*", "/a", false],
    ["shop.example:8080/*", "/a", false],
  ];
  for (const [pattern, path, fits] of cases) assert.equal(on(pattern, path), fits, `${pattern} on ${path}`);
});

test("a page is written in one form", () => {
  const cases: [address: string, page: string][] = [
    ["https://user:pass@SHOP.example:443/a/../b//?q#f", "shop.example/b"],
    ["http://localhost:5081", "localhost:5081/"],
    ["https://shop.example/%7e%2f%c3%a9^%zz%0a", "shop.example/~%2F%C3%A9%5E%25zz%0A"],
  ];
  for (const [address, page] of cases) assert.equal(pageOf(address), page);
});

test("no pattern and page take long", () => {
  const start = performance.now();
  assert.equal(on(`${"/**/a".repeat(29)}/b`, "/a".repeat(1000)), false);
  assert.ok(performance.now() - start < 500);
});
