/** Asks again, until the page's part says that it need not: for "waiting for the first response". */
export function enhanceLive(root: ParentNode): void {
  for (const part of root.querySelectorAll<HTMLElement>("[data-live]")) {
    let seconds = 2;
    const again = async (): Promise<void> => {
      if (!part.isConnected) return;
      try {
        const response = await fetch(location.href, { headers: { Accept: "text/html" } });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.getElementById(part.id);
        if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
        if (fresh && !("live" in fresh.dataset)) return;
      } catch {
        // Try again: the collector may be starting anew.
      }
      seconds = Math.min(seconds * 1.2, 15);
      setTimeout(() => void again(), seconds * 1000);
    };
    setTimeout(() => void again(), seconds * 1000);
  }
}
