import { beginFetched } from "./fetched";
import { safely } from "./safely";

/** Which collector, and which of its sites. */
export interface Options {
  /** The collector's address, such as `https://collector.example`. */
  readonly collector: string;
  /** The site's public key, `st_…`. */
  readonly site: string;
  /** Whether the visitor consents to being remembered beyond this visit. Left out, nothing is kept on the device before the visitor touches a survey. */
  readonly consent?: boolean;
}

/** What a page tells the widget, and asks of it. Calls made before the site's settings are there wait for them. None of them ever throws. */
export interface Collector {
  /** Something happened that a survey may wait for. */
  event(name: string): void;
  /** Shows a survey by its id, or the first one, whatever its rules. */
  show(survey?: string): void;
  /** The visitor gives or takes back the consent to being remembered beyond this visit. */
  consent(given: boolean): void;
  /** The page's own marks, which go with every response and which surveys may be meant for. They replace all earlier ones. */
  tags(tags: Readonly<Record<string, string>>): void;
  /** Closes the survey that is open; what is answered stays answered. */
  close(): void;
  /** The language to ask in, before those of the browser: `nl`, `pt-BR`. */
  language(tag: string): void;
}

type Global = ((...call: unknown[]) => void) & { q?: unknown[][] };

const begun = new Set<string>();

/**
 * Begins to show a site's surveys on this page. Once is enough: called again for the same site, it only gives the same functions. Where there is no page (on a
 * server), nothing happens and the functions do nothing.
 */
export function init({ collector, site, consent }: Options): Collector {
  if (typeof document !== "undefined" && !begun.has(site)) {
    begun.add(site);
    void beginFetched(collector.replace(/\/*$/, "/"), site, consent === undefined ? undefined : `${consent}`);
  }
  // Through the one global, as a script tag's page would, so that both may stand on a page.
  const call = safely((...given: unknown[]): void => {
    if (typeof document === "undefined") return;
    const page = window as unknown as { collector?: Global };
    const stub: Global = (...later) => { (stub.q ??= []).push(later); };
    const global = (page.collector ??= stub);
    // Something else of that name belongs to the page.
    if (typeof global === "function") global(...given);
  });
  return {
    event(name) { call("event", name); },
    show(survey) { call("show", survey); },
    consent(given) { call("consent", given); },
    tags(tags) { call("tags", tags); },
    close() { call("close"); },
    language(tag) { call("language", tag); },
  };
}
