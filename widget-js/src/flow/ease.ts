import type { Scale } from "../settings";

/** Turns a score so that higher always means easier. */
export function easeOf(score: number, scale: Scale): number {
  return scale.easy === "high" ? score : scale.min + scale.max - score;
}
