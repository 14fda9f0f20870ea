import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { CollectorError, createClient, type Client, type NewGoal, type NewGroup, type NewSurvey, type NewWebhook, type SiteAnswer } from "@collector/client";
import { CollectorProcess } from "./support/collector.js";
import { someResponse, someSite } from "./support/some.js";

// Each operation of the API's document, called against a collector: what is called, and what must come of it.
const calls: Record<string, (client: Client, site: SiteAnswer) => Promise<void>> = {
  async getWidgetSettings(client, { siteKey }) { assert.deepEqual((await client.getWidgetSettings({ siteKey })).surveys.map(({ id }) => id), ["effort-and-intention"]); },
  async postResponse(client, site) { assert.ok((await client.postResponse({ body: someResponse(site, { question: "effort", score: 6 }) })).receipt); },
  async readOwnResponse(client, site) {
    const { id, receipt } = await client.postResponse({ body: someResponse(site, { question: "effort", score: 6 }) });
    assert.equal((await client.readOwnResponse({ id, site: site.siteKey, receipt })).effort, 6);
  },
  async eraseOwnResponse(client, site) {
    const { id, receipt } = await client.postResponse({ body: someResponse(site, { question: "effort", score: 6 }) });
    await client.eraseOwnResponse({ id, site: site.siteKey, receipt });
    await assert.rejects(client.readOwnResponse({ id, site: site.siteKey, receipt }), { status: 404 });
  },
  async createSite(client) { assert.equal((await client.createSite({ body: { name: "Bakery" } })).name, "Bakery"); },
  async listSites(client, { id }) {
    assert.equal((await client.listSites({ limit: 1 })).items.length, 1);
    assert.ok((await all(client.allSites())).some((site) => site.id === id));
  },
  async getSite(client, { id, siteKey }) { assert.equal((await client.getSite({ site: id })).siteKey, siteKey); },
  async changeSite(client, { id }) {
    const changed = await client.changeSite({ site: id, body: { minimumAnswers: 25 } });
    assert.deepEqual([changed.minimumAnswers, changed.name], [25, "Shop"]);
  },
  async deleteSite(client, { id }) {
    await client.deleteSite({ site: id });
    await isGone(client.getSite({ site: id }));
  },
  async createKey(client, { id }) { assert.match((await client.createKey({ site: id, body: { name: "Report", scopes: ["read"] } })).key, /^ck_/); },
  async listKeys(client, { id }) { assert.deepEqual((await all(client.allKeys({ site: id }))).map(({ name }) => name), ["Test"]); },
  async revokeKey(client, { id }) {
    const key = first((await client.listKeys({ site: id })).items);
    await client.revokeKey({ site: id, id: key.id });
    assert.deepEqual((await client.listKeys({ site: id })).items, []);
  },
  async createSurvey(client, { id }) { assert.equal((await client.createSurvey({ site: id, body: survey })).questions.length, 2); },
  async listSurveys(client, { id }) { assert.deepEqual((await all(client.allSurveys({ site: id }))).map((each) => each.id), ["effort-and-intention"]); },
  async getSurvey(client, { id }) { assert.equal((await client.getSurvey({ site: id, id: "effort-and-intention" })).state, "live"); },
  async replaceSurvey(client, { id }) {
    assert.equal((await client.replaceSurvey({ site: id, id: "effort-and-intention", body: { state: "live", questions: [{ standard: "ces-2" }] } })).version, 2);
  },
  async changeSurvey(client, { id }) { assert.equal((await client.changeSurvey({ site: id, id: "effort-and-intention", body: { state: "paused" } })).state, "paused"); },
  async deleteSurvey(client, { id }) {
    await client.createSurvey({ site: id, body: survey });
    await client.deleteSurvey({ site: id, id: "scores" });
    await isGone(client.getSurvey({ site: id, id: "scores" }));
  },
  async getSurveyVersion(client, { id }) { assert.equal((await client.getSurveyVersion({ site: id, id: "effort-and-intention", version: 1 })).version, 1); },
  async explainSurveys(client, { id }) {
    const explained = await client.explainSurveys({ site: id, page: "https://shop.example/", device: "mobile", "tag.segment": "business", "daysSinceAnswer.effort-and-intention": 400 });
    assert.equal(explained.survey, "effort-and-intention");
  },
  async eraseResponse(client, { id }) {
    await client.eraseResponse({ site: id, id: first((await client.listResponses({ site: id })).items).id });
    assert.equal((await client.listResponses({ site: id })).items.length, 1);
  },
  async markResponse(client, { id }) {
    await client.markResponse({ site: id, id: first((await client.listResponses({ site: id, search: "price" })).items).id, body: { handled: true, labels: ["price"] } });
    assert.deepEqual(first((await client.listResponses({ site: id, handled: "yes" })).items).labels, ["price"]);
  },
  async listResponses(client, { id }) {
    const [response, ...others] = await all(client.allResponses({ site: id, search: "price" }));
    assert.deepEqual([response?.answers.at(-1)?.text, others], ["Where is the price?", []]);
  },
  async exportResponses(client, { id }) {
    assert.equal((await text(client.exportResponses({ site: id, format: "ndjson" }))).trim().split("\n").length, 2);
    assert.match(await text(client.exportResponses({ site: id, format: "csv", from: "2026-01-01" })), /Where is the price\?/);
  },
  async createTouchpointRule(client, { id }) { assert.equal((await client.createTouchpointRule({ site: id, body: rule })).pattern, "/products/*"); },
  async listTouchpointRules(client, { id }) { assert.deepEqual(await all(client.allTouchpointRules({ site: id })), []); },
  async getTouchpointRule(client, { id }) { assert.equal((await client.getTouchpointRule({ site: id, id: (await client.createTouchpointRule({ site: id, body: rule })).id })).position, 1); },
  async changeTouchpointRule(client, { id }) {
    const made = await client.createTouchpointRule({ site: id, body: rule });
    assert.equal((await client.changeTouchpointRule({ site: id, id: made.id, body: { pattern: "/p/*" } })).pattern, "/p/*");
  },
  async deleteTouchpointRule(client, { id }) {
    const made = await client.createTouchpointRule({ site: id, body: rule });
    await client.deleteTouchpointRule({ site: id, id: made.id });
    await isGone(client.getTouchpointRule({ site: id, id: made.id }));
  },
  async createGroup(client, { id }) { assert.equal((await client.createGroup({ site: id, body: group })).name, "Buying"); },
  async listGroups(client, { id }) {
    await client.createGroup({ site: id, body: group });
    assert.deepEqual((await all(client.allGroups({ site: id }))).map((each) => each.id), ["buying"]);
  },
  async getGroup(client, { id }) {
    await client.createGroup({ site: id, body: group });
    assert.equal((await client.getGroup({ site: id, id: "buying" })).journey, undefined);
  },
  async replaceGroup(client, { id }) {
    await client.createGroup({ site: id, body: group });
    assert.equal((await client.replaceGroup({ site: id, id: "buying", body: { name: "Selling", patterns: ["/sell"] } })).name, "Selling");
  },
  async changeGroup(client, { id }) {
    await client.createGroup({ site: id, body: group });
    assert.equal((await client.changeGroup({ site: id, id: "buying", body: { journey: "buyer", stage: "decision" } })).journey, "buyer");
  },
  async deleteGroup(client, { id }) {
    await client.createGroup({ site: id, body: group });
    await client.deleteGroup({ site: id, id: "buying" });
    await isGone(client.getGroup({ site: id, id: "buying" }));
  },
  async createGoal(client, { id }) { assert.equal((await client.createGoal({ site: id, body: goal })).date, goal.date); },
  async listGoals(client, { id }) {
    await client.createGoal({ site: id, body: goal });
    assert.equal(first(await all(client.allGoals({ site: id }))).standing?.answers, 2);
  },
  async getGoal(client, { id }) { assert.equal((await client.getGoal({ site: id, id: (await client.createGoal({ site: id, body: goal })).id })).standing?.status, "at risk"); },
  async changeGoal(client, { id }) { assert.equal((await client.changeGoal({ site: id, id: (await client.createGoal({ site: id, body: goal })).id, body: { target: 0.5 } })).target, 0.5); },
  async deleteGoal(client, { id }) {
    const made = await client.createGoal({ site: id, body: goal });
    await client.deleteGoal({ site: id, id: made.id });
    await isGone(client.getGoal({ site: id, id: made.id }));
  },
  async getGoalHistory(client, { id }) { assert.ok((await client.getGoalHistory({ site: id, id: (await client.createGoal({ site: id, body: goal })).id, by: "month" })).items.length > 0); },
  async createChange(client, { id }) { assert.equal((await client.createChange({ site: id, body: change() })).title, "Prices"); },
  async listChanges(client, { id }) {
    await client.createChange({ site: id, body: change() });
    assert.deepEqual((await all(client.allChanges({ site: id, from: "2026-01-01" }))).map(({ title }) => title), ["Prices"]);
  },
  async getChange(client, { id }) { assert.equal((await client.getChange({ site: id, id: (await client.createChange({ site: id, body: change() })).id })).effect?.verdict, "too early"); },
  async changeChange(client, { id }) { assert.equal((await client.changeChange({ site: id, id: (await client.createChange({ site: id, body: change() })).id, body: { note: "Shown" } })).note, "Shown"); },
  async deleteChange(client, { id }) {
    const made = await client.createChange({ site: id, body: change() });
    await client.deleteChange({ site: id, id: made.id });
    await isGone(client.getChange({ site: id, id: made.id }));
  },
  async createWebhook(client, { id }) { assert.match((await client.createWebhook({ site: id, body: webhook })).secret, /^whsec_/); },
  async listWebhooks(client, { id }) { assert.deepEqual(await all(client.allWebhooks({ site: id })), []); },
  async getWebhook(client, { id }) { assert.equal((await client.getWebhook({ site: id, id: (await client.createWebhook({ site: id, body: webhook })).id })).format, "standard"); },
  async changeWebhook(client, { id }) {
    assert.equal((await client.changeWebhook({ site: id, id: (await client.createWebhook({ site: id, body: webhook })).id, body: { state: "paused" } })).state, "paused");
  },
  async deleteWebhook(client, { id }) {
    const made = await client.createWebhook({ site: id, body: webhook });
    await client.deleteWebhook({ site: id, id: made.id });
    await isGone(client.getWebhook({ site: id, id: made.id }));
  },
  async rotateWebhookSecret(client, { id }) {
    const made = await client.createWebhook({ site: id, body: webhook });
    assert.notEqual((await client.rotateWebhookSecret({ site: id, id: made.id })).secret, made.secret);
  },
  async listDeliveries(client, { id }) { assert.deepEqual(await all(client.allDeliveries({ site: id, id: (await client.createWebhook({ site: id, body: webhook })).id, state: "failed" })), []); },
  async replayDeliveries(client, { id }) {
    const made = await client.createWebhook({ site: id, body: webhook });
    assert.equal((await client.replayDeliveries({ site: id, id: made.id, body: { since: new Date(Date.now() - 86_400_000).toISOString() } })).deliveries, 0);
  },
  async testWebhook(client, { id }) { assert.equal((await client.testWebhook({ site: id, id: (await client.createWebhook({ site: id, body: webhook })).id })).error, "The host's name leads nowhere."); },
  async importResponses(client, site) {
    const before = await client.importResponses({ site: site.id, body: line(site), dryRun: true });
    assert.deepEqual([before.stored, before.preview.length], [1, 1]);
    assert.ok((await client.importResponses({ site: site.id, body: new Blob([line(site)]) })).id);
    const csv = `Submitted,Rating\n${yesterday()},5\n`;
    const columns = { "column.answeredAt": "Submitted", "column.score": "Rating" } as const;
    const mapped = await client.importResponses({ site: site.id, body: csv, contentType: "text/csv", scale: "1-7", survey: "effort-and-intention", page: "https://shop.example/", dryRun: true, ...columns });
    assert.deepEqual([mapped.stored, mapped.errors], [1, []]);
  },
  async getImport(client, site) {
    const { id } = await client.importResponses({ site: site.id, body: line(site) });
    let state = await client.getImport({ site: site.id, id });
    while (state.state === "running") {
      await new Promise((resolve) => setTimeout(resolve, 50));
      state = await client.getImport({ site: site.id, id });
    }
    assert.deepEqual([state.read, state.stored, state.refused], [1, 1, 0]);
  },
  async listImports(client, site) {
    await client.importResponses({ site: site.id, body: line(site), name: "Yesterday" });
    assert.deepEqual((await all(client.allImports({ site: site.id }))).map(({ name }) => name), ["Yesterday"]);
  },
  async getCes(client, { id }) {
    const { ces, breakdown } = await client.getCes({ site: id, page: "https://shop.example/contact", by: "intent" });
    assert.deepEqual([ces.answers, ces.mean], [2, 2.5]);
    assert.ok(breakdown?.some(({ key }) => key === "compare"));
  },
  async listTouchpoints(client, { id }) { assert.deepEqual((await all(client.allTouchpoints({ site: id, sort: "ease" }))).map(({ touchpoint }) => touchpoint), ["shop.example/contact"]); },
  async getNps(client, { id }) { assert.equal((await client.getNps({ site: id })).nps.answers, 0); },
  async getCsat(client, { id }) { assert.equal((await client.getCsat({ site: id })).csat.answers, 0); },
  async listIntents(client, { id }) { assert.ok((await client.listIntents({ site: id })).items.some(({ intent }) => intent === "compare")); },
  async getPatterns(client, { id }) { assert.equal((await client.getPatterns({ site: id, lang: "nl" })).answers, 2); },
  async listPriorities(client, { id }) { assert.equal((await all(client.allPriorities({ site: id, target: 70 }))).length, 1); },
  async getFigureTable(client, { id }) { assert.match(await text(client.getFigureTable({ site: id, figure: "touchpoints" })), /shop\.example\/contact/); },
};

const rule = { pattern: "/products/*" };
const group: NewGroup = { id: "buying", name: "Buying", patterns: ["/checkout/**"] };
const goal: NewGoal = { name: "Easy", metric: "easy", target: 0.7, date: `${new Date().getUTCFullYear() + 1}-12-31` };
const webhook: NewWebhook = { name: "Desk", url: "https://receiver.invalid/", events: ["response.completed"] };
const survey: NewSurvey = { id: "scores", state: "live", questions: [{ standard: "ces-2" }, { standard: "nps" }] };
const change = () => ({ title: "Prices", date: yesterday().slice(0, 10) });

// Scripts and pages, which browsers load.
const forBrowsers = ["GetWidget", "GetWidgetAlone", "GetHostedSurvey", "AnswerHostedSurvey"];
const document = JSON.parse(readFileSync(new URL("../../../Collector.Client/openapi.json", import.meta.url), "utf8")) as { paths: Record<string, Record<string, { operationId: string }>> };
const operations = Object.values(document.paths)
  .flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
  .filter((operation) => !forBrowsers.includes(operation))
  .map((operation) => operation.charAt(0).toLowerCase() + operation.slice(1));

let collector: CollectorProcess;
let client: Client;

before(async () => {
  collector = await CollectorProcess.start();
  client = createClient({ baseUrl: collector.address, key: collector.adminKey });
});

after(() => collector.stop());

// The document says what is tested, whatever is written above.
for (const operation of operations) {
  test(`${operation} does what it says`, async () => {
    const call = calls[operation];
    assert.ok(call, `There is no call of ${operation}.`);
    await call(client, await someSite(client));
  });
}

test("nothing is called that is not there", () => {
  assert.deepEqual(Object.keys(calls).sort(), [...operations].sort());
  assert.deepEqual(Object.keys(client).filter((name) => !name.startsWith("all")).sort(), [...operations].sort());
});

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

function first<T>([item]: readonly T[]): T {
  assert.ok(item);
  return item;
}

async function text(reading: Promise<ReadableStream<Uint8Array>>): Promise<string> {
  return new Response(await reading).text();
}

function yesterday(): string {
  return new Date(Date.now() - 86_400_000).toISOString();
}

function line(site: SiteAnswer): string {
  return `${JSON.stringify({ ...someResponse(site, { question: "effort", score: 4 }), answeredAt: yesterday() })}\n`;
}

async function isGone(call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (error) => error instanceof CollectorError && error.status === 404);
}
