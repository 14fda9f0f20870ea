// The first script on each page: notes what goes wrong or moves there, and what was there before the survey.
{
  const witness = (window.witness = { errors: [], violations: [], focused: [], shift: 0 });
  addEventListener("error", ({ message, target }) => witness.errors.push(message ?? `${target.tagName} did not load`), true);
  addEventListener("unhandledrejection", ({ reason }) => witness.errors.push(`${reason}`));
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => witness.violations.push(`${effectiveDirective} ${blockedURI}`));
  addEventListener("focusin", ({ target }) => witness.focused.push(target.tagName));
  const watch = (type, note) => {
    if (window.PerformanceObserver?.supportedEntryTypes.includes(type)) {
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    }
  };
  watch("layout-shift", ({ value, hadRecentInput }) => (witness.shift += hadRecentInput ? 0 : value));
  const before = new Set(Object.getOwnPropertyNames(window));
  witness.globals = () => Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && !/^\d+$/.test(name));
}
