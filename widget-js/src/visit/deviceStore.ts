import type { Store } from "./visit";

/** The tab's own storage, gone with the tab; nothing where the browser denies it. */
export function deviceStore(): Store | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
