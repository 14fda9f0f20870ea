/** An answer, in the shape in which it travels. */
export type Answer =
  | { readonly question: string; readonly score: number }
  | { readonly question: string; readonly choice: string; readonly text?: string }
  | { readonly question: string; readonly text: string };

/** The answers given so far, by question. */
export type Answers = ReadonlyMap<string, Answer>;
