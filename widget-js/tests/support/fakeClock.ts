import type { Clock } from "../../src/delivery/clock";

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  private time = Date.UTC(2026, 10, 22, 9, 30);
  private timers: { at: number; action: () => void }[] = [];

  readonly now = (): number => this.time;

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.time + milliseconds, action };
    this.timers.push(timer);
    return () => { this.timers = this.timers.filter((one) => one !== timer); };
  }

  /** Moves on, running what falls due, and lets the replies of what that started come in. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      const next = this.timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((one) => one !== next);
      this.time = next.at;
      next.action();
    }
    this.time = end;
    await settle();
  }
}

/** Lets everything that waits for a promise go on. */
export function settle(): Promise<void> {
  return new Promise((done) => { setImmediate(done); });
}
