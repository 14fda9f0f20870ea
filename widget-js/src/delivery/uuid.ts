/**
 * A random UUID; with a time, one of version 7, which sorts by that time.
 * `crypto.randomUUID` is not there on plain http pages, `getRandomValues` is.
 */
export function uuid(time?: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  if (time !== undefined) {
    for (let index = 0; index < 6; index++) bytes[index] = time / 2 ** (40 - 8 * index);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (time === undefined ? 0x40 : 0x70);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return [...bytes].map((byte, index) => ([4, 6, 8, 10].includes(index) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}
