// The first script on each page: notes what goes wrong, moves or appears there, and what was there before the survey.
{
  const witness = (window.witness = { errors: [], violations: [], focused: [], shift: 0, appeared: [], where: [] });
  addEventListener("error", ({ message, target }) => witness.errors.push(message ?? `${target.tagName} did not load`), true);
  addEventListener("unhandledrejection", ({ reason }) => witness.errors.push(`${reason}`));
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => witness.violations.push(`${effectiveDirective} ${blockedURI}`));
  addEventListener("focusin", ({ target }) => witness.focused.push(target.tagName));
  new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (node.tagName !== "COLLECTOR-SURVEY" || node.className === "tab") continue;
      witness.appeared.push(performance.now());
      witness.where.push(location.pathname);
    }
  }).observe(document, { childList: true, subtree: true });
  if (window.PerformanceObserver?.supportedEntryTypes.includes("layout-shift")) {
    new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput }) => (witness.shift += hadRecentInput ? 0 : value)))
      .observe({ type: "layout-shift", buffered: true });
  }
  const before = new Set(Object.getOwnPropertyNames(window));
  witness.globals = () => Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && !/^\d+$/.test(name));
}
