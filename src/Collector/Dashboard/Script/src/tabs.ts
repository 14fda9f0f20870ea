/** Shows where one is among links that are wider than the screen together. */
export function enhanceTabs(root: ParentNode): void {
  for (const link of root.querySelectorAll(".tabs [aria-current], .sections [aria-current]")) {
    link.scrollIntoView({ block: "nearest", inline: "center" });
  }
}
