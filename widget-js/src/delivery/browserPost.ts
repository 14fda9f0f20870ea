import type { Post } from "./outbox";

/** A request that hangs would hold up every later revision; past this it counts as lost. */
const patience = 20_000;

/**
 * Posts as plain text, which needs no preflight, and so that the browser goes on when the page is gone.
 * A beacon would do that, too, but always takes the collector's cookies along: visitors have none of those to show.
 */
export function browserPost(url: URL): Post {
  return async (body) => {
    try {
      const { status, headers } = await fetch(url, { method: "POST", body, keepalive: true, credentials: "omit", signal: AbortSignal.timeout(patience) });
      return { status, retryAfter: headers.get("retry-after") };
    } catch {
      return { status: 0 };
    }
  };
}
