import { uuid } from "../delivery/uuid";

/** One visitor's stay in one tab. */
export interface Visit {
  readonly id: string;
  readonly start: number;
  readonly pages: number;
  /** The surveys that the visitor answered or closed: not shown again in this visit. */
  readonly done: readonly string[];
}

/** The part of `sessionStorage` that is used. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const keyOf = (site: string): string => `collector.${site}`;

/** The visit that a page of this tab left, as it stands now; none before the visitor acted. */
export function visitLeft(store: Store | undefined, site: string): Visit | undefined {
  try {
    const { id, start, pages, done } = JSON.parse(store?.getItem(keyOf(site)) ?? "") as Visit;
    return { id, start, pages, done: [...done] };
  } catch {
    return undefined;
  }
}

/**
 * Joins the visit that an earlier page of this tab left, or begins one. Beginning one writes nothing:
 * before the visitor acts, nothing of ours is on the device.
 */
export function openVisit(store: Store | undefined, site: string, now: number): Visit {
  const left = visitLeft(store, site);
  if (!left) return { id: uuid(now), start: now, pages: 1, done: [] };
  const joined = { ...left, pages: left.pages + 1 };
  keepVisit(store, site, joined);
  return joined;
}

/** Keeps the visit for the tab's later pages; where storage is denied, this page goes on without. */
export function keepVisit(store: Store | undefined, site: string, visit: Visit): void {
  try {
    store?.setItem(keyOf(site), JSON.stringify(visit));
  } catch {
    // Full or denied: the survey works the same, it may only be shown once more.
  }
}

/** The visit after the visitor answered or closed this survey. */
export function withDone(visit: Visit, survey: string): Visit {
  return { ...visit, done: [...visit.done, survey] };
}
