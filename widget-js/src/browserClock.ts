import type { Clock } from "./delivery/clock";
import { safely } from "./safely";

export const browserClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, action) {
    const timer = setTimeout(safely(action), milliseconds);
    return () => { clearTimeout(timer); };
  },
};
