/** Makes an action that keeps its failures to itself, and then gives nothing: the page must never suffer from the survey. */
export function safely<Given extends unknown[], Result>(action: (...given: Given) => Result): (...given: Given) => Result | undefined {
  return (...given) => {
    try {
      return action(...given);
    } catch {
      // Nothing to do and nobody to tell: the page's console is the page's.
    }
  };
}
