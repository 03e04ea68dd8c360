/** One operation of the API as data. The server's routes, OpenAPI and the typed client follow from it. */
import type * as z from "zod"
import type { Access } from "../authorization/permissions.ts"

/** What the limits count a request as. */
export type RateClass = "upload" | "login" | "other"

/** An operation of the API. */
export interface Endpoint {
  readonly method: "get" | "post" | "put" | "patch" | "delete"
  /** Below `/api/v1`, with parameters as `/jobs/{id}`. */
  readonly path: `/${string}`
  /** The chapter of the documentation that it stands in. */
  readonly tag: string
  /** One sentence, without a full stop. */
  readonly summary: string
  /** Who may call it. */
  readonly access: Access
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** Names in lower case. */
  readonly headers?: z.ZodObject
  /** JSON. */
  readonly body?: z.ZodType
  /** The fields of a form, for the documentation; the handler reads them itself, as a stream. */
  readonly multipart?: z.ZodObject
  readonly answer: Answer
  /** What the limits count it as. Default `"other"`. */
  readonly rate?: RateClass
}

/** What an operation answers with when it succeeds. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204 | 303
  /** JSON; none where it is left out. */
  readonly body?: z.ZodType
  /** The media type of a body that is not JSON, such as `text/calendar`. */
  readonly mediaType?: string
}

/** Checks that it is an operation and keeps its own type. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition

type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined

/** The parts of a request after they were parsed. */
export interface ParsedRequest<E extends Endpoint> {
  readonly params: OutputOf<E["params"]>
  readonly query: OutputOf<E["query"]>
  readonly headers: OutputOf<E["headers"]>
  readonly body: OutputOf<E["body"]>
}

/** What a handler gives as the body of its answer: what the schema takes, or the text of another media type. */
export type AnswerBody<E extends Endpoint> = E["answer"]["body"] extends z.ZodType
  ? z.input<E["answer"]["body"]>
  : E["answer"]["mediaType"] extends string
    ? string
    : undefined
