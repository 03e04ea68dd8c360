/** From the parts of a request to what an endpoint's schemas make of them; every fault with a pointer to its place. */
import { Effect, Result } from "effect"
import type { Context } from "hono"
import type * as z from "zod"
import type { Endpoint, ParsedRequest } from "../contract/endpoint.ts"
import type { FieldProblem } from "../contract/problems.ts"
import { Problem } from "./Problem.ts"
import { pathParametersOf } from "./routePath.ts"

/** A JSON body of more than this is refused. */
const maxJsonBytes = 1024 * 1024
const maxJsonDepth = 32
// Text that is none is refused, as what replaced it would be kept for what was meant.
const utf8 = new TextDecoder("utf-8", { fatal: true })

/** Parses path, query, headers and JSON body, as far as the endpoint has any; fails with all faults at once. */
export const requestParser = <E extends Endpoint>(endpoint: E) => {
  const { body, headers, params, query } = endpoint
  const pathParameters = pathParametersOf(endpoint.path)
  return Effect.fnUntraced(function* (context: Context) {
    const { req } = context
    const errors: Array<FieldProblem> = []
    const parsed: Record<string, unknown> = {}
    const parse = (part: keyof ParsedRequest<E>, place: string, schema: z.ZodType, value: unknown) => {
      const result = schema.safeParse(value)
      if (result.success) parsed[part] = result.data
      else errors.push(...fieldProblems(result.error, place))
    }
    if (params !== undefined) parse("params", "/path", params, pathParameters(req.param()))
    if (query !== undefined) parse("query", "/query", query, queryOf(req.queries()))
    if (headers !== undefined) parse("headers", "/header", headers, req.header())
    if (body !== undefined) parse("body", "", body, yield* readJson(context))
    if (errors.length > 0) return yield* new Problem({ code: "validation_failed", errors })
    // Each part has been parsed by the schema that its type is taken from.
    return parsed as unknown as ParsedRequest<E>
  })
}

/** The faults that zod found, each with a pointer below `place`. */
export const fieldProblems = (error: z.ZodError, place = ""): ReadonlyArray<FieldProblem> =>
  error.issues.map(({ message, path }) => ({ pointer: `${place}${path.map(pointerPart).join("")}`, message }))

const pointerPart = (key: PropertyKey) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`

// A name that occurs once has one value; schemas that want several take an array.
const queryOf = (queries: Record<string, ReadonlyArray<string>>) =>
  Object.fromEntries(Object.entries(queries).map(([name, values]) => [name, values.length === 1 ? values[0] : values]))

const readJson = Effect.fnUntraced(function* ({ req }: Context) {
  const malformed = (detail: string) => new Problem({ code: "malformed_request", detail })
  const type = req.header("content-type")?.split(";")[0]?.trim().toLowerCase()
  if (type !== "application/json") return yield* malformed("Send the body as application/json.")
  const bytes = yield* readBytes(req.raw)
  const value = Result.try((): unknown => JSON.parse(utf8.decode(bytes)))
  if (Result.isFailure(value)) return yield* malformed("The body is not JSON.")
  if (isDeeperThan(value.success, maxJsonDepth))
    return yield* malformed(`The body is nested deeper than ${maxJsonDepth}.`)
  return value.success
})

const readBytes = Effect.fnUntraced(function* (request: Request) {
  const chunks: Array<Uint8Array> = []
  let bytes = 0
  const reader = request.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  for (;;) {
    const { done, value } = yield* Effect.tryPromise({
      try: () => reader.read(),
      catch: (cause) => new Problem({ code: "malformed_request", detail: "The body broke off.", cause })
    })
    if (done) break
    bytes += value.byteLength
    if (bytes > maxJsonBytes) {
      yield* Effect.promise(() => reader.cancel().catch(() => {}))
      return yield* new Problem({ code: "file_too_large", detail: `The body has more than ${maxJsonBytes} bytes.` })
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
})

const isDeeperThan = (value: unknown, depth: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (depth === 0 || Object.values(value).some((part) => isDeeperThan(part, depth - 1)))
