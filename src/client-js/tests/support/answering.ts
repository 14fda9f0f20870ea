import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Something between the client and a collector that answers as it is told, and keeps count. */
export class Answering {
  readonly requests: { method: string | undefined; url: string | undefined; headers: IncomingMessage["headers"] }[] = [];

  private constructor(private readonly server: Server) {}

  /** Gives these answers one after the other, and the last one from then on. */
  static async start(...answers: Answer[]): Promise<Answering> {
    const server = createServer((request, response) => {
      request.resume();
      answering.requests.push({ method: request.method, url: request.url, headers: request.headers });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(response, request);
    });
    const answering = new Answering(server);
    await once(server.listen(0, "127.0.0.1"), "listening");
    return answering;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

export const saying = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => (response) => {
  response.writeHead(status, { "Content-Type": status < 300 ? "application/json" : "application/problem+json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};

export const hangingUp: Answer = (response) => { response.destroy(); };

/** Begins as an answer that is fine, and breaks off. */
export const breakingOff: Answer = (response) => {
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
  response.write('{ "items": [', () => { response.destroy(); });
};

export const nothingAtAll: Answer = () => undefined;
