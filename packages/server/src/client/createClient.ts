import type * as z from "zod"
import type { Endpoint } from "../contract/endpoint.ts"
import { type Api, api } from "../contract/index.ts"
import { type FieldProblem, ProblemBody, type ProblemCode } from "../contract/problems.ts"

/** Where the server is, and who calls it. */
export interface ClientOptions {
  /** Such as `https://timetables.example.org`. */
  readonly baseUrl: string
  /** Without one the client signs in by `auth.login` and keeps its session's cookie. */
  readonly apiKey?: string
  /** Default the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch
}

/** A request that the server did not serve. */
export class ProblemError extends Error {
  override readonly name = "ProblemError"
  readonly code: ProblemCode
  readonly status: number
  readonly requestId: string
  /** The faults of the request, each with a JSON pointer. */
  readonly errors: ReadonlyArray<FieldProblem>
  /** How long to wait before trying again, where the server says so. */
  readonly retryAfterSeconds: number | null

  constructor({ code, detail, errors = [], requestId, status, title }: ProblemBody, retryAfterSeconds: number | null) {
    super(detail ?? title)
    this.code = code
    this.status = status
    this.requestId = requestId
    this.errors = errors
    this.retryAfterSeconds = retryAfterSeconds
  }
}

type Given<S, Name extends string> = S extends z.ZodType
  ? object extends z.input<S>
    ? { readonly [N in Name]?: z.input<S> }
    : { readonly [N in Name]: z.input<S> }
  : unknown

/** What a call is given. */
export type CallInput<E extends Endpoint> = Given<E["params"], "params"> &
  Given<E["query"], "query"> &
  Given<E["headers"], "headers"> &
  Given<E["body"], "body"> &
  Given<E["multipart"], "form"> & { readonly signal?: AbortSignal; readonly idempotencyKey?: string }

/** What a call gives: the parsed body, nothing, or the response itself where it is not JSON. */
export type CallOutput<E extends Endpoint> = E["answer"]["body"] extends z.ZodType
  ? z.output<E["answer"]["body"]>
  : E["answer"]["mediaType"] extends string
    ? Response
    : undefined

type Call<E extends Endpoint> =
  object extends CallInput<E>
    ? (input?: CallInput<E>) => Promise<CallOutput<E>>
    : (input: CallInput<E>) => Promise<CallOutput<E>>

/** Every operation of the API as a function, by chapter and name. */
export type Client = {
  readonly [Chapter in keyof Api]: {
    readonly [Name in keyof Api[Chapter]]: Api[Chapter][Name] extends Endpoint ? Call<Api[Chapter][Name]> : never
  }
}

interface AnyInput {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly form?: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  readonly idempotencyKey?: string
}

/** Calls a Timegrid server. Calls reject with {@link ProblemError} when the server does not serve them. */
export const createClient = ({ apiKey, baseUrl, fetch = globalThis.fetch }: ClientOptions): Client => {
  // A browser keeps cookies itself and shows none of them.
  let cookie: string | undefined

  const call = async (endpoint: Endpoint, input: AnyInput = {}) => {
    const url = new URL(`${baseUrl.replace(/\/$/, "")}/api/v1${pathOf(endpoint.path, input.params)}`)
    for (const [name, value] of Object.entries(input.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value))
    }
    const headers = new Headers()
    for (const [name, value] of Object.entries(input.headers ?? {})) {
      if (value !== undefined) headers.set(name, String(value))
    }
    if (apiKey !== undefined) headers.set("authorization", `Bearer ${apiKey}`)
    else if (cookie !== undefined) headers.set("cookie", cookie)
    if (input.idempotencyKey !== undefined) headers.set("idempotency-key", input.idempotencyKey)
    if (input.body !== undefined) headers.set("content-type", "application/json")
    const response = await fetch(url, {
      method: endpoint.method.toUpperCase(),
      headers,
      credentials: "include",
      ...bodyOf(input),
      ...(input.signal === undefined ? {} : { signal: input.signal })
    })
    cookie = response.headers.getSetCookie?.()[0]?.split(";")[0] ?? cookie
    if (!response.ok) throw await problemOf(response)
    if (endpoint.answer.body !== undefined) return endpoint.answer.body.parse(await response.json())
    return endpoint.answer.mediaType === undefined ? undefined : response
  }

  const chapters = Object.entries(api).map(([chapter, endpoints]) => [
    chapter,
    Object.fromEntries(
      Object.entries(endpoints).map(([name, endpoint]) => [name, (input?: AnyInput) => call(endpoint, input)])
    )
  ])
  // Object.fromEntries has no words for a type made of a table.
  return Object.fromEntries(chapters) as Client
}

const pathOf = (path: string, params: Readonly<Record<string, unknown>> = {}) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))

const bodyOf = ({ body, form }: AnyInput) => {
  if (body !== undefined) return { body: JSON.stringify(body) }
  if (form === undefined) return {}
  const data = new FormData()
  // The file comes last: a server that reads the form as a stream knows everything else by then.
  const fields = Object.entries(form).sort(
    ([, one], [, other]) => Number(one instanceof Blob) - Number(other instanceof Blob)
  )
  for (const [name, value] of fields) {
    if (value instanceof Blob) data.set(name, value)
    else if (value !== undefined) data.set(name, String(value))
  }
  return { body: data }
}

const problemOf = async (response: Response) => {
  const body = ProblemBody.safeParse(await response.json().catch(() => null))
  const retryAfter = response.headers.get("retry-after")
  if (body.success) return new ProblemError(body.data, retryAfter === null ? null : Number(retryAfter))
  return new Error(`${response.url} answered ${response.status}, and not as this API does.`)
}
