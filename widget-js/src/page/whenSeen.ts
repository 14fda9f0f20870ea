import { on } from "../look/on";
import { safely } from "../safely";

/** Waits for a body to stand on and for eyes to see it: a page loaded ahead or in a tab behind is not shown to anybody yet. */
export function whenSeen(action: () => void): void {
  let over = false;
  const look = safely(() => {
    if (over || document.hidden || !(document.body as HTMLElement | null)) return;
    over = true;
    action();
  });
  on(document, ["visibilitychange", "DOMContentLoaded"], look);
  look();
}
