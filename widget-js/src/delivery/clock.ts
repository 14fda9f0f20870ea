/** Time, so that tests can bring their own. */
export interface Clock {
  readonly now: () => number;
  /** Runs an action later; the function it returns calls that off. */
  after(milliseconds: number, action: () => void): () => void;
}
