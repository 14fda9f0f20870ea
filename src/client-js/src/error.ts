/** The collector did not do what was asked, and said why. */
export class CollectorError extends Error {
  override readonly name = "CollectorError";

  private constructor(
    /** The status of the answer. */
    readonly status: number,
    /** What kind of error it is, in a few words. */
    readonly title: string,
    /** Why, in a sentence. */
    readonly detail: string,
    /** What is wrong with the request, by field: a JSON pointer such as `/answers/0/score`, or the name of a parameter. Empty where it is about no field. */
    readonly errors: Readonly<Record<string, readonly string[]>>,
    /** When to try again, in seconds, with 429 and 503. */
    readonly retryAfter: number | undefined,
  ) {
    super(`${status}: ${detail}${Object.entries(errors).map(([field, messages]) => ` ${field && `${field}: `}${messages.join(" ")}`).join("")}`);
  }

  /** Reads what an answer says: problem details (RFC 9457), or, from a proxy in between, anything. */
  static async of(response: Response): Promise<CollectorError> {
    const problem = await response.json().catch(() => null) as Partial<Record<"title" | "detail" | "errors", unknown>> | null;
    const title = text(problem?.title) ?? (response.statusText || `HTTP ${response.status}`);
    return new CollectorError(response.status, title, text(problem?.detail) ?? title, fields(problem?.errors), secondsToWait(response));
  }

  /** An answer that is no error by its status, and cannot be read either. */
  static unreadable(response: Response): CollectorError {
    return new CollectorError(response.status, "Not an answer of a collector", `${response.url} is not the API of a collector: it answers ${response.headers.get("Content-Type") ?? "nothing"}.`, {}, undefined);
  }
}

/** What an answer says about when to try again: seconds, or a date from a proxy in between. */
export function secondsToWait(response: Response): number | undefined {
  const said = response.headers.get("Retry-After");
  if (said === null) return undefined;
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function fields(value: unknown): Record<string, string[]> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([field, messages]) => [field, Array.isArray(messages) ? messages.map(String) : [String(messages)]]));
}
