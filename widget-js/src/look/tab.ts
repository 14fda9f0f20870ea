import type { Appearance } from "../settings";
import { element } from "./element";
import { putOnPage } from "./host";
import { on } from "./on";

/** A tab at the page's edge, by which a visitor asks to be asked. */
export function openTab(text: string, appearance: Appearance, pressed: () => void): Element {
  const tab = element("button", {}, text);
  on(tab, ["click"], pressed);
  return putOnPage(element("section", { className: "card" }, tab), "tab", appearance).host;
}
