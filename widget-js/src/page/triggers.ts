import type { Show } from "../decide/candidate";
import { browserClock } from "../browserClock";
import { on } from "../look/on";

/**
 * Listens for what makes a survey show. `offer` hears of each, and whether it came by itself or answers something that the visitor did; whether the
 * survey shows then, is decided there, by the page of that moment. (A delay is no listener: it runs while the survey is meant for the page.)
 */
export function listen({ scroll, exit, inactiveSeconds, click, success, failure }: Show, offer: (byItself?: boolean) => void): void {
  const byItself = (): void => { offer(true); };
  if (scroll) {
    on(document, ["scroll"], () => {
      // At the very top is where a page begins, and where an application puts the next one.
      if (scrollY && scrollY + innerHeight + 1 >= document.documentElement.scrollHeight * scroll / 100) byItself();
    });
  }
  if (exit) {
    // The pointer left at the top, where the tabs and the address are. A finger leaves no trace: there, who comes back to the page was about to leave it.
    on(document.documentElement, ["mouseleave"], ({ clientY }) => { if (clientY <= 0) byItself(); });
    if (matchMedia("(pointer: coarse)").matches) on(document, ["visibilitychange"], () => { if (!document.hidden) byItself(); });
  }
  if (inactiveSeconds) {
    let callOff = (): void => undefined;
    const active = (): void => {
      callOff();
      callOff = browserClock.after(inactiveSeconds * 1000, byItself);
    };
    on(document, ["pointermove", "pointerdown", "keydown", "scroll"], active, true);
    active();
  }
  for (const [name, selector] of [["click", click], ["submit", success], ["invalid", failure]] as const) {
    if (!selector) continue;
    // Of submits, those that the page's own code took: any other leaves the page, and the next one can ask.
    const isSubmit = name === "submit";
    on(window, [name], (event) => {
      if ((event.target as Element).closest(selector) && (!isSubmit || event.defaultPrevented)) offer();
    }, !isSubmit);
    if (name !== "click") onAppearance(() => { if (document.querySelector(selector)?.matches(":not(form)")) offer(); });
  }
}

/** Looks at once and at every change of the page's elements. */
export function onAppearance(look: () => void): void {
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
}
