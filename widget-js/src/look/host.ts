import type { Appearance } from "../settings";
import { element } from "./element";
import sheetText from "./survey.css";

/** Puts something of ours on the page, out of reach of the page's styles: at its edge or, where a place is given, in there. */
export function putOnPage(content: HTMLElement, className: string, appearance: Appearance, place?: Element): ShadowRoot {
  // In the top layer nothing of the page, such as a transform or a filter on its body, bends it.
  const host = element("collector-survey" as "section", { className, dir: content.dir, popover: place ? undefined : "manual" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sheetText);
  root.adoptedStyleSheets = [sheet];
  root.append(content);
  const { colors, darkColors = colors, logo } = appearance;
  const style = (prefix: string, values: object | undefined): void => {
    for (const [name, value] of Object.entries(values ?? {})) host.style.setProperty(`--collector-${prefix}${name}`, value as string);
  };
  style("", { ...appearance, ...colors, logo: logo ? `url("${logo}")` : "" });
  style("dark-", darkColors);
  (place ?? document.body).append(host);
  if (!place) (host as Partial<HTMLElement>).showPopover?.();
  return root;
}
