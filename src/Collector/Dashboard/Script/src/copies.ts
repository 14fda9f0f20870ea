/** Lets buttons copy what stands in the element that they name. Where no script runs, the style hides them. */
export function enhanceCopies(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy!)?.textContent ?? "";
      try {
        await navigator.clipboard.writeText(text.trim());
        say(button, button.dataset.copied ?? "");
      } catch {
        // Not allowed here: the text can still be selected.
        const range = document.createRange();
        range.selectNodeContents(document.getElementById(button.dataset.copy!)!);
        getSelection()?.removeAllRanges();
        getSelection()?.addRange(range);
      }
    });
  }
}

function say(button: HTMLButtonElement, text: string): void {
  const before = button.textContent;
  button.textContent = text;
  setTimeout(() => (button.textContent = before), 2000);
}
