import type { Post } from "../../src/delivery/outbox";
import type { Reply } from "../../src/delivery/retry";

/** A way to the collector that answers as a test says, and 200 when it says nothing. */
export class FakePost {
  readonly sent: string[] = [];
  readonly replies: (Reply | Promise<Reply>)[] = [];

  readonly send: Post = (body) => {
    this.sent.push(body);
    return Promise.resolve(this.replies.shift() ?? { status: 200 });
  };

  /** Answers the next so many requests alike. */
  answer(times: number, reply: Reply): void {
    this.replies.push(...Array.from({ length: times }, () => reply));
  }
}
