import type { Clock } from "./clock";
import { askedPause, enough, isStored, isWorthRetrying, pauseAfter, type Reply } from "./retry";

/** Sends and waits for the reply, also past the page's end; never fails, a lost connection is status 0. */
export type Post = (body: string) => Promise<Reply>;

export interface Outbox {
  /** Takes the newest revision. `settled` hears whether the collector stored it, unless a newer one took its place or it never replies. */
  put(body: string, settled?: (stored: boolean) => void): void;
  /** Tries again now, for the connection is back. */
  readonly wake: () => void;
  /** The page may go away: what is neither acknowledged nor on its way leaves at once. */
  leave(): void;
}

interface Parcel {
  readonly body: string;
  readonly settled?: ((stored: boolean) => void) | undefined;
}

/**
 * Brings the revisions of one response to the collector: one at a time, in order, repeated until
 * acknowledged or enough. Each revision carries the whole response, so only the newest is kept.
 * `keep` is told what is not settled yet, and at last that nothing is left: it may bring it along to a later page.
 */
export function openOutbox(post: Post, clock: Clock, random: () => number, keep?: (body?: string) => void): Outbox {
  const onTheWay = new Set<Parcel>();
  let waiting: Parcel | undefined;
  let failures = 0;
  let notBefore = 0;
  let callOff = (): void => undefined;

  async function send(parcel: Parcel): Promise<void> {
    callOff();
    onTheWay.add(parcel);
    const reply = await post(parcel.body);
    onTheWay.delete(parcel);
    if (isWorthRetrying(reply)) {
      const asked = askedPause(reply);
      notBefore = clock.now() + asked;
      // Past that it is no outage: something on this page or device forbids it, and each try only fills the page's console.
      if (++failures < enough) later(asked);
      return;
    }
    failures = 0;
    if (waiting === parcel) {
      waiting = undefined;
      keep?.();
    }
    parcel.settled?.(isStored(reply));
    next();
  }

  function next(): void {
    if (waiting && !onTheWay.size) void send(waiting);
  }

  function later(asked: number): void {
    callOff();
    callOff = clock.after(asked + pauseAfter(failures, random()), next);
  }

  function wake(): void {
    failures = 0;
    // A new answer or a new connection is a reason to try at once, but not against the collector's wish.
    const asked = notBefore - clock.now();
    if (asked > 0) later(asked);
    else next();
  }

  return {
    put(body, settled) {
      waiting = { body, settled };
      keep?.(body);
      wake();
    },
    wake,
    leave() {
      // Beside an older revision, if need be: there may be no later.
      if (waiting && !onTheWay.has(waiting)) void send(waiting);
    },
  };
}
