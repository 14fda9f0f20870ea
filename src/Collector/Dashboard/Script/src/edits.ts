import { showPreview } from "./previews";

/** Lets the buttons that change a form's lists do so in place. Without scripts the page comes anew, with all that was typed. */
export function enhanceEdits(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-preview]")) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter as HTMLButtonElement | null;
      if (button?.name === "do" && button.value.includes(" ")) {
        event.preventDefault();
        void edit(form, button);
      } else if (button?.name === "do") {
        delete form.dataset.unsaved;
      }
    });
    addEventListener("beforeunload", (event) => {
      if (form.isConnected && "unsaved" in form.dataset) event.preventDefault();
    });
  }
}

async function edit(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const fields = document.getElementById("editor-fields")!;
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) {
    if (typeof value === "string") sent.append(name, value);
  }
  try {
    const response = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("editor-fields");
    if (!fresh) throw new Error("not the editor");
    const open = new Set([...fields.querySelectorAll<HTMLDetailsElement>("details[open][data-keep]")].map((part) => part.dataset.keep));
    for (const part of fresh.querySelectorAll<HTMLDetailsElement>("details[data-keep]")) part.open ||= open.has(part.dataset.keep);
    fields.replaceChildren(...fresh.childNodes);
    const version = page.querySelector(".editor-head > p");
    if (version) document.querySelector(".editor-head > p")?.replaceWith(version);
    form.dataset.unsaved = "";
    const place = document.getElementById(new URL(button.formAction).hash.slice(1));
    place?.scrollIntoView({ block: "nearest" });
    place?.querySelector<HTMLElement>("summary, input:not([type=hidden]), select, textarea, button")?.focus({ preventScroll: true });
    showPreview(form);
  } catch {
    // In its plain way, then.
    delete form.dataset.unsaved;
    const plain = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: button.value });
    form.append(plain);
    form.submit();
  }
}
