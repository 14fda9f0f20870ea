import { secondsToWait } from "./error.js";
import type { Operation } from "./operation.js";

// Longer than this the caller knows better what to do.
const longestWait = 60;

/**
 * How many milliseconds to wait before this is tried again; undefined when it must not be. Tried again is what was refused before anything happened (429), and, when the collector is busy or the connection broke,
 * what does the same however often it is done: reading, replacing, removing, and posting a response, which counts once by its id.
 */
export function waitBefore(attempt: number, operation: Operation, response: Response | undefined): number | undefined {
  const wait = response && secondsToWait(response);
  if (wait !== undefined && wait > longestWait) return undefined;
  if (response?.status !== 429 && !(doesTheSameAgain(operation) && (response === undefined || [502, 503, 504].includes(response.status)))) return undefined;
  // Half of it by chance: clients that were refused together do not come back together.
  const growing = 500 * 2 ** (attempt - 1);
  return wait === undefined ? growing * (0.5 + Math.random() / 2) : wait * 1000;
}

/** Waits, unless the caller ends it. */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's.
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", end, { once: true });
  });
}

function doesTheSameAgain({ method, path }: Operation): boolean {
  return method !== "POST" || path === "/v1/responses";
}
