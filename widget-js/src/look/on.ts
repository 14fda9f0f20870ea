import { safely } from "../safely";

/** Listens, and keeps failures to itself. Of events that do not rise to the target it hears on their way down, with `early`. */
export function on<Name extends keyof GlobalEventHandlersEventMap>(
  target: EventTarget,
  names: readonly (Name | "pagehide" | "online" | "visibilitychange" | "popstate" | "currententrychange" | "DOMContentLoaded")[],
  action: (event: GlobalEventHandlersEventMap[Name]) => void,
  early?: boolean,
): void {
  for (const name of names) target.addEventListener(name, safely(action) as EventListener, early);
}
