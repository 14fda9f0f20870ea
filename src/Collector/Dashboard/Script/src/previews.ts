const pause = 600;

/** Shows what a form would make in the frame beside it, while one types. */
export function enhancePreviews(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-preview]")) {
    let timer = 0;
    form.addEventListener("input", ({ target }) => {
      if ((target as HTMLInputElement).name === "preview-width") return;
      form.dataset.unsaved = "";
      clearTimeout(timer);
      timer = window.setTimeout(() => showPreview(form), pause);
    });
    if ("unsaved" in form.dataset) showPreview(form);
  }
}

/** Sends the form into a frame that is new, so that the way back does not lead through every letter typed. */
export function showPreview(form: HTMLFormElement): void {
  const frame = form.querySelector<HTMLIFrameElement>("iframe[name=preview]");
  const button = form.querySelector<HTMLButtonElement>("button[name=preview]");
  if (!frame || !button) return;
  const fresh = frame.cloneNode() as HTMLIFrameElement;
  fresh.removeAttribute("src");
  frame.replaceWith(fresh);
  button.click();
}
