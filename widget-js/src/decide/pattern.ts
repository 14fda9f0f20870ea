/**
 * Whether a pattern means a page: `*` stands for one segment of the path, `**` for any number of them; a host before the path must be the
 * page's. Only the last `**` is ever tried again, so that no pattern takes longer than its length times the page's.
 */
export function matches(pattern: string, page: string): boolean {
  const [host, wanted] = split(pattern);
  const [pageHost, path] = split(page);
  if (host && host !== pageHost) return false;
  let next = 0;
  let any = -1;
  let from = 0;
  for (let at = 0; at < path.length;) {
    const segment = wanted[next];
    if (segment === "**") {
      any = next++;
      from = at;
    } else if (segment === "*" || segment === path[at]) {
      next++;
      at++;
    } else if (any < 0) {
      return false;
    } else {
      next = any + 1;
      at = ++from;
    }
  }
  return wanted.slice(next).every((segment) => segment === "**");
}

function split(text: string): [host: string, segments: string[]] {
  const [host = "", ...segments] = text.split("/");
  // The root has no segment, not an empty one.
  return [host, segments.join("/") ? segments : []];
}
