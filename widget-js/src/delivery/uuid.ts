/**
 * A UUID of version 7: random bits behind the time. It sorts by that time, which a database stores best.
 * `crypto.randomUUID` is not there on plain http pages, but random bytes are.
 */
export function uuid(time: number): string {
  const random = "-7000-8000-000000000000".replace(/0/g, () => ((crypto.getRandomValues(new Uint8Array(1))[0] as number) % 16).toString(16));
  return time.toString(16).padStart(12, "0").replace(/.{8}/, "$&-") + random;
}
