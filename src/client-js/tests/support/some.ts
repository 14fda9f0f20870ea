import { randomUUID } from "node:crypto";
import type { Client, SiteAnswer, Submission } from "@collector/client";

/** A site with a key, and two answers on one page: 2, with an intent and the words of it, and 3. */
export async function someSite(client: Client): Promise<SiteAnswer> {
  const site = await client.createSite({ body: { name: "Shop", timeZone: "Europe/Amsterdam" } });
  await client.createKey({ site: site.id, body: { name: "Test", scopes: ["read"] } });
  await client.postResponse({ body: someResponse(site, { question: "effort", score: 2 }, { question: "intent", choice: "compare" }, { question: "reason", text: "Where is the price?" }) });
  await client.postResponse({ body: someResponse(site, { question: "effort", score: 3 }) });
  return site;
}

/** A response as a widget sends it. */
export function someResponse({ siteKey }: SiteAnswer, ...answers: NonNullable<Submission["answers"]>): Submission {
  return { id: randomUUID(), site: siteKey, survey: "effort-and-intention", page: "https://shop.example/contact", revision: 1, state: "partial", answers };
}
