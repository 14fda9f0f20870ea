/** What is true of a single call. */
export interface CallOptions {
  /** Ends the call, also while it waits to try again: `AbortSignal.timeout(10_000)`. */
  signal?: AbortSignal;
}

/** How an operation of the API's document goes over HTTP. */
export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** The media type of its body, if it takes one. */
  readonly body?: string;
  /** Which of its parameters is a header. */
  readonly header?: string;
  /** What comes back, where it is not JSON. */
  readonly answers?: "stream" | "nothing";
  /** Needs no key. */
  readonly isOpen?: true;
  readonly hasPages?: true;
}
