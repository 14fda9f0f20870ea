import type { Clock } from "./clock";
import { askedPause, isStored, isWorthRetrying, pauseBefore, type Reply } from "./retry";

/** The ways out of the page. */
export interface Post {
  /** Sends and waits for the reply; never fails, a lost connection is status 0. */
  send(body: string): Promise<Reply>;
  /** Hands over to the browser, which sends it when the page is gone; no reply. */
  handOver(body: string): boolean;
}

export interface Outbox {
  /** Takes the newest revision. `settled` hears whether the collector stored it, unless a newer one took its place. */
  put(body: string, settled?: (stored: boolean) => void): void;
  /** Tries again now, for the connection is back. */
  wake(): void;
  /** The page goes away: what has not been acknowledged leaves by the other way. */
  leave(): void;
}

interface Parcel {
  readonly body: string;
  readonly settled?: ((stored: boolean) => void) | undefined;
  handedOver?: boolean;
}

/**
 * Brings the revisions of one response to the collector: one at a time, in order, again and again
 * until acknowledged. Each revision carries the whole response, so only the newest is kept.
 */
export function openOutbox(post: Post, clock: Clock, random: () => number): Outbox {
  let waiting: Parcel | undefined;
  let busy = false;
  let tries = 0;
  let notBefore = 0;
  let callOff = (): void => undefined;

  async function send(): Promise<void> {
    const parcel = waiting;
    if (busy || !parcel) return;
    busy = true;
    callOff();
    const reply = await post.send(parcel.body);
    busy = false;
    if (isWorthRetrying(reply)) {
      const asked = askedPause(reply, clock.now());
      notBefore = clock.now() + asked;
      sendAfter(asked + pauseBefore(tries++, random()));
      return;
    }
    tries = 0;
    if (waiting === parcel) waiting = undefined;
    parcel.settled?.(isStored(reply));
    void send();
  }

  function sendAfter(pause: number): void {
    callOff = clock.after(pause, () => void send());
  }

  function wake(): void {
    // A new answer or a new connection is a reason to try at once, but not against the collector's wish.
    if (clock.now() >= notBefore) void send();
  }

  return {
    put(body, settled) {
      waiting = { body, settled };
      wake();
    },
    wake,
    leave() {
      if (waiting && !waiting.handedOver) waiting.handedOver = post.handOver(waiting.body);
    },
  };
}
