/**
 * A UUID of version 7: random bits behind the time. It sorts by that time, which a database stores best.
 * `crypto.randomUUID` is not there on plain http pages; but the address of a blob ends with a random one (version 4) in every browser.
 */
export function uuid(time: number): string {
  const random = URL.createObjectURL(new Blob()).slice(-21);
  return time.toString(16).padStart(12, "0").replace(/.{8}/, "$&-") + "-7" + random;
}
