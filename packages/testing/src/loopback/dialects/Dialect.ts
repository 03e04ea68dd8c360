/** How an answer ends. */
export type AnswerEnd = "complete" | "truncated" | "refused"

/** Tokens that a service claims to have counted. */
export interface TokenCounts {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** A vendor's wire format: where it is asked, and how it says things. */
export interface Dialect {
  /** The path that its client's base URL ends in. */
  readonly basePath: string
  /** Whether a request is one to answer. */
  readonly isQuestion: (path: string) => boolean
  /** The server-sent events before the text, for each piece of it, and after; the ones after are never sent when it is cut. */
  readonly opening: (counts: TokenCounts) => ReadonlyArray<string>
  readonly piece: (text: string, end: AnswerEnd) => string
  readonly closing: (text: string, end: AnswerEnd, counts: TokenCounts) => ReadonlyArray<string>
  /** The body of an answer with an error status. */
  readonly error: (status: number, message: string) => unknown
  /** The event of an overload in the middle of a stream. */
  readonly overloaded: string
}

/** A server-sent event; `name` where the format has names. */
export const sseEvent = (data: unknown, name?: string): string =>
  `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`
