/**
 * A UUID of version 7: 74 random bits behind the time. It sorts by that time, which a database stores best.
 * `crypto.randomUUID` makes none, and is not there on plain http pages; `getRandomValues` is.
 */
export function uuid(time: number): string {
  // Behind the version every digit is random, but of the variant's (the 8) only the two lower bits.
  const random = "-7000-8000-000000000000".replace(/[08]/g, (digit) =>
    (+digit | (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & (15 >> +digit / 4)).toString(16));
  return time.toString(16).padStart(12, "0").replace(/.{8}/, "$&-") + random;
}
