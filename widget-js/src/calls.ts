import { safely } from "./safely";

/** What a page may call: `collector("show", "survey")`. An array, or the `arguments` of a stub. */
type Call = Iterable<unknown>;

/** The one global. A page's stub may stand there already, queueing calls in `q`. */
interface Collector {
  q?: Call[];
  sites?: Set<string>;
}

/**
 * Begins, once on this page for a site (a tag pasted twice asks once), and hears the page's calls, those made earlier first. They stay in the
 * queue, so that another site's script hears them, too.
 */
export function takeCalls(site: string, begin: () => (name: unknown, value: unknown) => void): void {
  const page = window as unknown as { collector?: Collector };
  let collector: Collector = (page.collector ??= ((...call: unknown[]) => collector.q?.push(call)) as Collector);
  // Something else of that name belongs to the page: hands off.
  if (typeof collector !== "function") collector = {};
  const queue = (collector.q ??= []);
  const sites = (collector.sites ??= new Set());
  if (sites.has(site)) return;
  sites.add(site);
  const take = begin();
  const hear = safely(([name, value]: Iterable<unknown> & unknown[]) => { take(name, value); }) as (call: Call) => void;
  queue.forEach(hear);
  const { push } = queue;
  queue.push = (call) => {
    hear(call);
    return push.call(queue, call);
  };
}
