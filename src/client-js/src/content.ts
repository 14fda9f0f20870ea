/** What a file to bring in can be. A stream is sent once: it cannot be sent again when the collector is busy. */
export type Content = string | Blob | Uint8Array | ReadableStream<Uint8Array>;
