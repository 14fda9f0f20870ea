/** An address as patterns know it, and as the collector stores it: host and path in one form, without a slash at the end. */
export function pageOf(address: string): string {
  const { host, pathname } = new URL(address);
  return host + (pathname.replace(/%[\da-f]{2}|[%^]/gi, inOneForm).replace(/\/+$/, "") || "/");
}

/** What needs no escape has none; what needs one has it in capitals. */
function inOneForm(found: string): string {
  const character = String.fromCharCode(parseInt(found.slice(1), 16));
  return !found[1] ? encodeURIComponent(found) : /[\w.~-]/.test(character) ? character : found.toUpperCase();
}
