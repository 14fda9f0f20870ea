import { safely } from "../safely";

/** Listens, and keeps failures to itself. */
export function on<Name extends keyof GlobalEventHandlersEventMap>(
  target: EventTarget,
  names: readonly Name[],
  action: (event: GlobalEventHandlersEventMap[Name]) => void,
): void {
  for (const name of names) target.addEventListener(name, safely(action) as EventListener);
}
