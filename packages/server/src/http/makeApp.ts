/** The HTTP application: what every request goes through before and after its handler. */

import { createHash } from "node:crypto"
import { CurrentActor } from "@timegrid/core/audit"
import type { KeptAnswer } from "@timegrid/core/repository"
import { Cause, Effect, Exit, Option, Context as Services } from "effect"
import { type Context, Hono } from "hono"
import { getCookie } from "hono/cookie"
import { cors } from "hono/cors"
import { requestId } from "hono/request-id"
import { secureHeaders } from "hono/secure-headers"
import { Authentication, sessionCookie } from "../authentication/Authentication.ts"
import { type Principal, scopeFor } from "../authorization/Principal.ts"
import type { Endpoint } from "../contract/endpoint.ts"
import { clientAddressBehind, type TrustedProxies } from "./clientAddress.ts"
import { discardBody } from "./discardBody.ts"
import { refuseForgery } from "./forgery.ts"
import { Idempotency } from "./Idempotency.ts"
import type { ApiAnswer, ApiRequest, Operation } from "./Operation.ts"
import { Problem, problemBody } from "./Problem.ts"
import { type LimitState, RequestLimits } from "./RequestLimits.ts"
import { RequestObserver } from "./RequestObserver.ts"
import { requestParser } from "./requestParts.ts"
import { routePath } from "./routePath.ts"

/** What the application asks of others, whatever its operations are. */
export type AppServices = Authentication | Idempotency | RequestLimits | RequestObserver

/** How the application stands in its network. */
export interface AppOptions {
  /** Where the API begins. Default `"/api/v1"`. */
  readonly basePath?: string
  /** Other sites whose pages may call it with their user's cookie. Default none. */
  readonly allowedOrigins?: ReadonlyArray<string>
  /** Proxies whose `X-Forwarded-For` is believed. Default none. */
  readonly trustedProxies?: TrustedProxies
  /** The address of the other end of a connection; what the server underneath knows. */
  readonly connectionAddress: (context: Context) => string
}

type AppEnv = { Variables: { requestId: string } }

/** Serves the operations; every failure becomes a problem, every request is counted, observed and has an id. */
export const makeApp = <R>(
  operations: ReadonlyArray<Operation<R>>,
  services: Services.Context<R | AppServices>,
  options: AppOptions
): Hono<AppEnv> => {
  const { allowedOrigins = [], basePath = "/api/v1" } = options
  const app = new Hono<AppEnv>()
  app.use(requestId())
  app.use(async (context, next) => {
    await next()
    context.res.headers.set("x-request-id", context.get("requestId"))
  })
  app.use(secureHeaders())
  if (allowedOrigins.length > 0) app.use(cors({ origin: [...allowedOrigins], credentials: true, exposeHeaders }))
  const run = Effect.runPromiseWith(services)
  const observer = Services.get(services, RequestObserver)
  const clientAddress = clientAddressBehind(options.trustedProxies ?? [])
  for (const operation of operations) {
    const { endpoint } = operation
    const method = endpoint.method.toUpperCase()
    // The path as the API has it: that of the request would name objects.
    const spanName = `${method} ${endpoint.path}`
    const span = {
      kind: "server",
      attributes: { "http.request.method": method, "http.route": `${basePath}${endpoint.path}` },
      captureStackTrace: false
    } as const
    const serve = serverOf(operation, allowedOrigins)
    app.on(method, `${basePath}${routePath(endpoint.path)}`, (context) => {
      const start = performance.now()
      const address = clientAddress(options.connectionAddress(context), context.req.header("x-forwarded-for"))
      const served = Effect.exit(Effect.interruptible(Effect.withSpan(serve(context, address), spanName, span)))
      const answered = Effect.flatMap(served, (exit) => {
        const { defect, response, userId } = settle(exit, context)
        const observed = observer.served({
          endpoint,
          status: response.status,
          durationMs: performance.now() - start,
          userId,
          address,
          userAgent: context.req.header("user-agent") ?? null,
          requestId: context.get("requestId"),
          ...(defect === undefined ? {} : { defect })
        })
        // An answer is not lost with the note of it.
        return Effect.as(Effect.ignoreCause(observed), response)
      })
      // A client that goes away ends the work; what became of it is observed all the same.
      return run(answered, { signal: context.req.raw.signal, uninterruptible: true })
    })
  }
  app.notFound((context) => problemResponse(new Problem({ code: "not_found" }), context))
  app.onError((_, context) => problemResponse(new Problem({ code: "internal" }), context))
  return app
}

const exposeHeaders = ["ETag", "Location", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"]

/** Serves one request from its credentials to its response; who it came from is kept for the observer. */
const serverOf = <R>({ endpoint, handle }: Operation<R>, allowedOrigins: ReadonlyArray<string>) => {
  const parse = requestParser(endpoint)
  return Effect.fnUntraced(function* (context: Context<AppEnv>, address: string) {
    const { req } = context
    const cookie = getCookie(context, sessionCookie)
    const authorization = req.header("authorization")
    const { authenticate } = yield* Authentication
    const principal = yield* authenticate({ cookie, authorization })
    const userId = principal?.userId ?? null
    const { take } = yield* RequestLimits
    const limit = yield* take({ userId, address, rate: endpoint.rate ?? "other" })
    const answered = Effect.gen(function* () {
      if (!limit.isAllowed) {
        return yield* new Problem({ code: "too_many_requests", retryAfterSeconds: limit.resetSeconds })
      }
      if (cookie !== undefined && authorization === undefined) yield* refuseForgery(context, allowedOrigins)
      yield* refuseStranger(endpoint, principal)
      const request = {
        ...(yield* parse(context)),
        principal,
        requestId: context.get("requestId"),
        address,
        userAgent: req.header("user-agent") ?? null,
        raw: req.raw
      } as ApiRequest<Endpoint>
      const actor = { userId, ipAddress: address, userAgent: request.userAgent }
      const work = Effect.provideService(handle(request), CurrentActor, actor)
      return yield* answerOf(endpoint, work, request, req.header("idempotency-key"))
    })
    const response = yield* Effect.catch(answered, (problem) =>
      Effect.as(
        problem.retryAfterSeconds === undefined ? Effect.void : discardBody(req.raw),
        problemResponse(problem, context)
      )
    )
    return { response: withLimit(response, limit), userId }
  })
}

/** What nginx says where the client has gone before it was answered. */
const clientGone = 499

const settle = (
  served: Exit.Exit<{ readonly response: Response; readonly userId: string | null }, Problem>,
  context: Context<AppEnv>
): { readonly response: Response; readonly userId: string | null; readonly defect?: unknown } => {
  if (Exit.isSuccess(served)) return served.value
  const problem = Cause.findErrorOption(served.cause)
  if (Option.isSome(problem)) return { response: problemResponse(problem.value, context), userId: null }
  // Nobody hears this answer; the row and the count of the request are to say that it was not the server's fault.
  if (Cause.hasInterruptsOnly(served.cause))
    return { response: new Response(null, { status: clientGone }), userId: null }
  const response = problemResponse(new Problem({ code: "internal" }), context)
  return { response, userId: null, defect: Cause.squash(served.cause) }
}

const refuseStranger = ({ access }: Endpoint, principal: Principal | null) => {
  if (access === "anonymous") return Effect.void
  if (principal === null) return Effect.fail(new Problem({ code: "unauthenticated" }))
  if (access === "signedIn" || scopeFor(principal, access) !== "none") return Effect.void
  return Effect.fail(new Problem({ code: "forbidden" }))
}

const answerOf = Effect.fnUntraced(function* <R>(
  endpoint: Endpoint,
  work: Effect.Effect<ApiAnswer<Endpoint>, Problem, R>,
  { body, params, principal }: ApiRequest<Endpoint>,
  key: string | undefined
) {
  const keeps = key !== undefined && principal !== null && endpoint.method === "post" && endpoint.body !== undefined
  if (!keeps) {
    const answer = yield* work
    return answer instanceof Response ? answer : responseOf(keptAnswer(endpoint, answer), endpoint)
  }
  const idempotency = yield* Idempotency
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([endpoint.path, params, body]))
    .digest("hex")
  const kept = Effect.flatMap(work, (answer) =>
    answer instanceof Response
      ? Effect.die(new Error(`${endpoint.path} streams, so its answer cannot be kept`))
      : Effect.succeed(keptAnswer(endpoint, answer))
  )
  return responseOf(yield* idempotency.answerOnce({ userId: principal.userId, key, fingerprint }, kept), endpoint)
})

const keptAnswer = ({ answer }: Endpoint, given: Exclude<ApiAnswer<Endpoint>, Response>): KeptAnswer => ({
  status: given.status ?? answer.status,
  headers: given.headers ?? {},
  // Handlers give what their endpoint's schema takes, which is JSON, or nothing at all.
  body: (given.body ?? null) as KeptAnswer["body"]
})

const responseOf = ({ body, headers, status }: KeptAnswer, { answer: { body: schema, mediaType } }: Endpoint) => {
  if (schema === undefined && mediaType === undefined) return new Response(null, { status, headers })
  const text = schema === undefined ? String(body) : JSON.stringify(body)
  return new Response(text, { status, headers: { "content-type": mediaType ?? "application/json", ...headers } })
}

/** The problem as an answer. */
const problemResponse = (problem: Problem, context: Context<AppEnv>) => {
  const headers = new Headers({ "content-type": "application/problem+json" })
  if (problem.retryAfterSeconds !== undefined) headers.set("retry-after", String(Math.ceil(problem.retryAfterSeconds)))
  return new Response(JSON.stringify(problemBody(problem, context.get("requestId"))), {
    status: problem.status,
    headers
  })
}

const withLimit = (response: Response, { limit, remaining, resetSeconds }: LimitState) => {
  response.headers.set("ratelimit-policy", `"default";q=${limit};w=3600`)
  response.headers.set("ratelimit", `"default";r=${remaining};t=${Math.ceil(resetSeconds)}`)
  return response
}
