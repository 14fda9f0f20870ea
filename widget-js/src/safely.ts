/** Makes an action that keeps its failures to itself: the page must never suffer from the survey. */
export function safely<Given extends unknown[]>(action: (...given: Given) => void): (...given: Given) => void {
  return (...given) => {
    try {
      action(...given);
    } catch {
      // Nothing to do and nobody to tell: the page's console is the page's.
    }
  };
}
