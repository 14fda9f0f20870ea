import type { Post } from "../../src/delivery/outbox";
import type { Reply } from "../../src/delivery/retry";

/** A way to the collector that answers as a test says, and 200 when it says nothing. */
export class FakePost implements Post {
  readonly sent: string[] = [];
  readonly handedOver: string[] = [];
  readonly replies: (Reply | Promise<Reply>)[] = [];
  takesOver = true;

  send(body: string): Promise<Reply> {
    this.sent.push(body);
    return Promise.resolve(this.replies.shift() ?? { status: 200 });
  }

  handOver(body: string): boolean {
    this.handedOver.push(body);
    return this.takesOver;
  }
}
