export type Device = "mobile" | "tablet" | "desktop";

/** Tells the kind of device by how it is pointed at and by its screen's shorter side, never by its user agent. */
export function deviceOf(fingers: boolean, shorterSide: number): Device {
  return !fingers ? "desktop" : shorterSide < 600 ? "mobile" : "tablet";
}
