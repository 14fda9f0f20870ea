import { CollectorError } from "./error.js";
import type { CallOptions, Operation } from "./operation.js";
import { pause, waitBefore } from "./retry.js";

/** Where the collector is, and who calls it. */
export interface ClientOptions {
  /** Its address, such as `https://collector.example`. */
  readonly baseUrl: string | URL;
  /** The key, `ck_…`. To post responses none is needed. It is a secret: on a public page anyone could read it. */
  readonly key?: string;
  /** How often something is tried again that may be; default 3. */
  readonly retries?: number;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/** What a method is given: the operation's parameters by their names, and its body. */
export type Given = Readonly<Record<string, unknown>>;

/** Sends one call, again where it may be, and reads what comes back. */
export async function send({ baseUrl, key, retries = 3, fetch = globalThis.fetch }: ClientOptions, operation: Operation, given: Given, { signal }: CallOptions): Promise<unknown> {
  const url = String(baseUrl).replace(/\/+$/, "") + address(operation, given);
  const init: RequestInit & { duplex?: "half" } = { method: operation.method, headers: headers(operation, given, key), redirect: "manual" };
  if (signal) init.signal = signal;
  if (operation.body) init.body = operation.body === "application/json" ? JSON.stringify(given.body) : given.body as BodyInit;
  const isStream = given.body instanceof ReadableStream;
  if (isStream) init.duplex = "half";

  for (let attempt = 1; ; attempt++) {
    let response: Response | undefined;
    let failure: unknown;
    try {
      response = await fetch(url, init);
      if (response.ok) return await read(response, operation);
      failure = await CollectorError.of(response);
    } catch (error) {
      // The answer broke off while it was read, or there was none.
      if (error instanceof CollectorError) throw error;
      response = undefined;
      failure = error;
    }
    const wait = attempt > retries || isStream || signal?.aborted ? undefined : waitBefore(attempt, operation, response);
    if (wait === undefined) throw failure;
    await pause(wait, signal);
  }
}

/** The operation's path with what belongs in it, and everything else but body and header as its query. */
function address({ path, header }: Operation, given: Given): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (!["body", "contentType", header].includes(name) && (typeof value === "string" || typeof value === "number" || typeof value === "boolean")) query.set(name, String(value));
  }
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = query.get(name) ?? "";
    // Dots would lead elsewhere.
    if (/^\.{0,2}$/.test(value)) throw new TypeError(`${name} is needed.`);
    query.delete(name);
    return encodeURIComponent(value);
  });
  return query.size > 0 ? `${filled}?${query.toString()}` : filled;
}

function headers({ body, header, isOpen }: Operation, { contentType, ...given }: Given, key: string | undefined): Record<string, string> {
  return {
    Accept: "application/json, application/problem+json, */*;q=0.1",
    ...(body ? { "Content-Type": typeof contentType === "string" ? contentType : body } : {}),
    ...(header ? { [header]: String(given[header]) } : {}),
    ...(key && !isOpen ? { Authorization: `Bearer ${key}` } : {}),
  };
}

async function read(response: Response, { answers }: Operation): Promise<unknown> {
  if (answers === "nothing") return undefined;
  if (answers === "stream" && response.body) return response.body;
  if (response.headers.get("Content-Type")?.startsWith("application/json")) return response.json();
  throw CollectorError.unreadable(response);
}
