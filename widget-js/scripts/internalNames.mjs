// Names of properties that stay inside the widget: on no wire, in no setting, on no device, of no browser's object. The build shortens them.
export const internalNames = [
  "settled", "wake", "leave", "retryAfter",
  "isPointing", "ask", "tell", "bait", "isAttended", "picked",
  "acted", "closed", "left", "place",
  "read", "write", "put", "after",
  "roll", "privacySignal", "shownThisVisit", "daysSinceAnswer", "daysSinceDismissal", "siteQuietDays",
];
