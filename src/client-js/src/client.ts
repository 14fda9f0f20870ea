import { operations, type Client } from "./generated/operations.js";
import type { CallOptions } from "./operation.js";
import { send, type ClientOptions, type Given } from "./send.js";

type Call = (given?: Given, options?: CallOptions) => Promise<unknown>;

/** A client of the collector at `baseUrl`. */
export function createClient(options: ClientOptions): Client {
  const client: Record<string, unknown> = {};
  for (const [name, operation] of Object.entries(operations)) {
    const call: Call = (given = {}, callOptions = {}) => send(options, operation, given, callOptions);
    client[name] = call;
    if (operation.hasPages) client[name.replace(/^list/, "all")] = (given?: Given, callOptions?: CallOptions) => pages(call, given, callOptions);
  }
  return client as unknown as Client;
}

async function* pages(list: Call, given?: Given, options?: CallOptions): AsyncGenerator {
  let cursor = given?.cursor;
  do {
    const page = await list({ limit: 500, ...given, cursor }, options) as { items: unknown[]; next: string | null };
    yield* page.items;
    cursor = page.next;
  } while (cursor);
}
