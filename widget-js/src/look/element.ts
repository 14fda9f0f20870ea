/** Makes an element by DOM calls alone: no HTML is parsed, so Trusted Types have nothing to refuse. A property of undefined is the browser's own. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<Record<keyof HTMLElementTagNameMap[Tag], unknown>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
