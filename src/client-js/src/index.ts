export { createClient } from "./client.js";
export type { Content } from "./content.js";
export { CollectorError } from "./error.js";
export type { Client } from "./generated/operations.js";
export type * from "./generated/types.js";
export type { CallOptions } from "./operation.js";
export type { ClientOptions } from "./send.js";
