let loading: AbortController | undefined;

// Without what follows the #: to go to another place of the page is no reason to load it.
let shown = location.pathname + location.search;

/** Loads a page with other filters, another order or more of a list into the one that is there: address and back button work as ever. */
export function enhanceFilters(root: ParentNode, enhance: (root: ParentNode) => void): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-swap]")) {
    form.addEventListener("change", () => form.requestSubmit());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = new URLSearchParams();
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && value !== "") chosen.append(name, value);
      }
      const query = chosen.toString();
      void go(form.action.split("?")[0]! + (query ? `?${query}` : ""), enhance, true);
    });
  }

  for (const link of root.querySelectorAll<HTMLAnchorElement>("a[data-swap]")) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void go(link.href, enhance, true);
    });
  }

  if (root === document) {
    addEventListener("popstate", () => {
      if (location.pathname + location.search !== shown) void go(location.href, enhance, false);
    });
  }
}

async function go(address: string, enhance: (root: ParentNode) => void, isNew: boolean): Promise<void> {
  loading?.abort();
  const mine = (loading = new AbortController());
  const main = document.getElementById("main")!;
  main.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("main");
    if (response.redirected || fresh === null) {
      location.assign(address);
      return;
    }

    if (isNew) history.pushState(null, "", address);
    shown = location.pathname + location.search;
    const focused = document.activeElement?.id;
    main.replaceChildren(...fresh.childNodes);
    document.title = page.title;
    // The sections carry the filters too.
    const sections = document.querySelector("nav.sections");
    const freshSections = page.querySelector("nav.sections");
    if (sections && freshSections) sections.replaceWith(freshSections);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    enhance(main);
  } catch (error) {
    if (!mine.signal.aborted) location.assign(address);
    else if (!(error instanceof DOMException)) throw error;
  } finally {
    if (loading === mine) main.removeAttribute("aria-busy");
  }
}
