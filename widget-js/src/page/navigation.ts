import { on } from "../look/on";
import { safely } from "../safely";

/** Hears when a single-page application has moved to another address. */
export function onNavigation(moved: () => void): void {
  const { navigation } = window as unknown as { navigation?: EventTarget };
  if (navigation) {
    on(navigation, ["currententrychange"], moved);
    return;
  }
  // Patched once and never restored: somebody else's patch may stand on ours by then.
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (...state) => {
      original(...state);
      safely(moved)();
    };
  }
  on(window, ["popstate"], moved);
}
