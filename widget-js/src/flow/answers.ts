/** An answer, in the shape in which it travels: a score, a choice (with a text of its own for "other"), several choices, or a text. */
export interface Answer {
  readonly question: string;
  readonly score?: number;
  readonly choice?: string;
  readonly choices?: readonly string[];
  readonly text?: string;
}

/** The answers given so far, by question. */
export type Answers = ReadonlyMap<string, Answer>;
