/** The one global. A page's stub may stand there already, queueing calls in `q`. */
interface Collector {
  (...call: unknown[]): void;
  q?: unknown[][];
  sites?: Set<string>;
}

/** Whether this is the first script for the site on this page: a tag pasted twice asks once. */
export function isFirst(site: string): boolean {
  const page = window as unknown as { collector?: Collector };
  const collector = (page.collector ??= Object.assign((...call: unknown[]) => { (collector.q ??= []).push(call); }, {}) as Collector);
  // Something else of that name belongs to the page: hands off.
  if (typeof collector !== "function") return true;
  const sites = (collector.sites ??= new Set());
  if (sites.has(site)) return false;
  sites.add(site);
  return true;
}
