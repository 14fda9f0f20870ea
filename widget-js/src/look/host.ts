import type { Appearance } from "../settings";
import { element } from "./element";
import sheetText from "./survey.css";

/** Puts something of ours on the page, out of reach of the page's styles: at its edge or, where a place is given, in there. */
export function putOnPage(content: HTMLElement, className: string, appearance: Appearance, place?: Element): ShadowRoot {
  // In the top layer nothing of the page, such as a transform or a filter on its body, bends it.
  const host = element("collector-survey" as "section", { className, popover: place ? undefined : "manual" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetText);
  root.adoptedStyleSheets = [sheet];
  root.append(content);
  for (const [name, value] of Object.entries(appearance)) host.style.setProperty(`--collector-${name}`, value as string);
  (place ?? document.body).append(host);
  if (!place) (host as Partial<HTMLElement>).showPopover?.();
  return root;
}
