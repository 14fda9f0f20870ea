import { begin } from "./begin";
import { takeCalls } from "./calls";
import { whenSeen } from "./page/whenSeen";
import type { Settings } from "./settings";

/** Asks the collector for a site's settings, and begins with them. `base` is an address beside which the collector's own are. Never fails. */
export async function beginFetched(base: string, site: string, consent: string | undefined): Promise<void> {
  try {
    const reply = await fetch(new URL(`v1/widget/${site}`, base), { credentials: "omit" });
    if (!reply.ok) return;
    const settings = (await reply.json()) as Settings;
    const url = new URL("v1/responses", base);
    whenSeen(() => { takeCalls(site, () => begin(settings, url, consent)); });
  } catch {
    // No connection, or no collector there: the page goes on without a survey.
  }
}
