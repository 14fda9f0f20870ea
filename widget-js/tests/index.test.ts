import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { init } from "../src/index";

const page = { collector: undefined as unknown };
let asked: { url: string; credentials: unknown }[] = [];

/** As much of a browser as there is before the settings have come. */
function openPage(): void {
  page.collector = undefined;
  asked = [];
  Object.assign(globalThis, {
    window: page,
    document: {},
    fetch: (url: URL, { credentials }: RequestInit) => {
      asked.push({ url: url.href, credentials });
      return Promise.resolve({ ok: false });
    },
  });
}

beforeEach(openPage);

test("the settings are asked for once for a site, below the collector's address and without credentials", () => {
  init({ collector: "https://collector.example", site: "st_once" });
  init({ collector: "https://collector.example/", site: "st_once" });
  init({ collector: "https://shop.example/below/", site: "st_below", consent: false });
  assert.deepEqual(asked, [
    { url: "https://collector.example/v1/widget/st_once", credentials: "omit" },
    { url: "https://shop.example/below/v1/widget/st_below", credentials: "omit" },
  ]);
});

test("what is called before the settings are there is kept for them, in order", () => {
  const collector = init({ collector: "https://collector.example", site: "st_queue" });
  collector.tags({ segment: "business" });
  collector.event("paid");
  collector.show();
  collector.consent(true);
  collector.language("nl");
  collector.close();
  assert.deepEqual((page.collector as { q: unknown }).q, [
    ["tags", { segment: "business" }], ["event", "paid"], ["show", undefined], ["consent", true], ["language", "nl"], ["close"],
  ]);
});

test("neither a global of the page's own nor a collector that is away does any harm", async () => {
  page.collector = { theirs: true };
  Object.assign(globalThis, { fetch: () => Promise.reject(new TypeError("Failed to fetch")) });
  const collector = init({ collector: "https://collector.example", site: "st_away" });
  collector.event("paid");
  page.collector = () => { throw new Error("theirs"); };
  collector.event("paid");
  init({ collector: "no address", site: "st_broken" });
  await new Promise(setImmediate);
});

test("on a server nothing happens", () => {
  Object.assign(globalThis, { window: undefined, document: undefined });
  const collector = init({ collector: "https://collector.example", site: "st_server" });
  collector.show("survey");
  assert.deepEqual([asked, page.collector], [[], undefined]);
});
