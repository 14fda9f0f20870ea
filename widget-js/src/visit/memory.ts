import { uuid } from "../delivery/uuid";
import { openShelf, type Store } from "./shelf";

/** What is known of a visitor. */
export interface Known {
  /** Whether it is kept on the device: so once the visitor acted or consents; where consent is refused, what was there is gone. */
  may: boolean | undefined;
  /** One visitor's stay in one tab. */
  visit: {
    readonly id: string;
    readonly start: number;
    pages: number;
    /** The surveys that showed by themselves, or were answered or closed, each perhaps more than once: no other shows by itself, unless it is meant for beside them. */
    readonly asked: string[];
  };
  /** What outlasts a visit: when each survey was last answered and closed, and responses that could not be sent yet, by id. */
  past: Record<"answered" | "dismissed", Record<string, number>> & { readonly unsent: Record<string, string | undefined> };
}

/** Gives what is known as it stands now (another page may have gone on with it), after a change, if there is one. */
export type Memory = (change?: (known: Known) => void) => Known;

export function openMemory(session: () => Store, local: () => Store, site: string, now: number): Memory {
  const key = `collector.${site}`;
  const visits = openShelf<Known["visit"]>(session, key);
  const pasts = openShelf<Known["past"]>(local, key);
  const known: Known = {
    may: visits.read() && true,
    visit: { id: uuid(now), start: now, pages: 0, asked: [] },
    past: { answered: {}, dismissed: {}, unsent: {} },
  };

  return (change) => {
    const old = pasts.read();
    known.visit = visits.read() ?? known.visit;
    known.past = old ?? known.past;
    change?.(known);
    const { may, visit, past } = known;
    if (may !== undefined) visits.write(may && visit);
    // What an earlier visit left is crossed off, whatever this one does.
    if (may !== undefined || old) pasts.write(may !== false && past);
    return known;
  };
}
