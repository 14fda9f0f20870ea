import type { Post } from "./outbox";
import type { Reply } from "./retry";

/** A request that hangs would hold up every later revision; past this it counts as lost. */
const patience = 20_000;

/** Posts with the browser's own means, as plain text, which needs no preflight. */
export function browserPost(url: string): Post {
  return {
    async send(body): Promise<Reply> {
      const abort = new AbortController();
      const timer = setTimeout(() => { abort.abort(); }, patience);
      try {
        const reply = await fetch(url, { method: "POST", body, keepalive: true, mode: "cors", credentials: "omit", signal: abort.signal });
        return { status: reply.status, retryAfter: reply.headers.get("retry-after") };
      } catch {
        return { status: 0 };
      } finally {
        clearTimeout(timer);
      }
    },
    handOver(body) {
      try {
        return navigator.sendBeacon(url, body);
      } catch {
        return false;
      }
    },
  };
}
