/** What came back: a status (0 when nothing did) and how long the collector asked to wait. */
export interface Reply {
  readonly status: number;
  readonly retryAfter?: string | null;
}

/** How many tries in a row may fail before it is given up, until there is a new reason. With the pauses, four minutes or so. */
export const enough = 10;

const longest = 60_000;
const hour = 3_600_000;

export function isStored(reply: Reply): boolean {
  return /^2/.test(`${reply.status}`);
}

/** Whether the same request may succeed later. Any other refusal will stay one. */
export function isWorthRetrying({ status }: Reply): boolean {
  return !status || status === 408 || status === 425 || status === 429 || status >= 500;
}

/** How long to wait after so many failures: doubling from a second to a minute, spread out so that visitors do not return in step. */
export function pauseAfter(failures: number, random: number): number {
  return Math.min(longest, 500 * 2 ** failures) * (0.5 + random / 2);
}

/** How long `Retry-After` asks to wait, in milliseconds: at most an hour, and nothing where it gives no seconds. */
export function askedPause({ retryAfter }: Reply): number {
  return Math.min(retryAfter as unknown as number * 1000 || 0, hour);
}
