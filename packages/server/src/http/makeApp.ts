/** The HTTP application: what every request goes through before and after its handler. */

import { createHash, randomUUID } from "node:crypto"
import { CurrentActor } from "@timegrid/core/audit"
import { Cause, Effect, Exit, Option, Context as Services } from "effect"
import { type Context, Hono } from "hono"
import { getCookie } from "hono/cookie"
import { cors } from "hono/cors"
import { requestId } from "hono/request-id"
import { Authentication, sessionCookie } from "../authentication/Authentication.ts"
import { type Principal, scopeFor } from "../authorization/Principal.ts"
import type { Endpoint } from "../contract/endpoint.ts"
import { type Answer, keptAnswer, problemAnswer, responseOf, writtenAnswer } from "./answers.ts"
import { clientAddressBehind, type TrustedProxies } from "./clientAddress.ts"
import { refuseForgery } from "./forgery.ts"
import { Idempotency } from "./Idempotency.ts"
import type { ApiAnswer, ApiRequest, Operation } from "./Operation.ts"
import { Problem } from "./Problem.ts"
import { type LimitState, RequestLimits } from "./RequestLimits.ts"
import { RequestObserver } from "./RequestObserver.ts"
import { requestParser } from "./requestParts.ts"
import { routePath } from "./routePath.ts"
import { securityHeaders } from "./securityHeaders.ts"

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
  // Its header is set with the others.
  app.use(requestId({ headerName: "", generator: ({ req }) => givenId(req.header("x-request-id")) ?? randomUUID() }))
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
        const { answer, defect, limit, userId } = settle(exit, context)
        const observed = observer.served({
          endpoint,
          status: answer.status,
          durationMs: performance.now() - start,
          userId,
          address,
          userAgent: context.req.header("user-agent") ?? null,
          requestId: context.get("requestId"),
          ...(defect === undefined ? {} : { defect })
        })
        // An answer is not lost with the note of it.
        return Effect.as(Effect.ignoreCause(observed), respond(answer, context, limit))
      })
      // A client that goes away ends the work; what became of it is observed all the same.
      return run(answered, { signal: context.req.raw.signal, uninterruptible: true })
    })
  }
  app.notFound((context) =>
    respond(problemAnswer(new Problem({ code: "not_found" }), context.get("requestId")), context)
  )
  app.onError((_, context) =>
    respond(problemAnswer(new Problem({ code: "internal" }), context.get("requestId")), context)
  )
  return app
}

const exposeHeaders = ["ETag", "Location", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"]

/** The id that a client or proxy gave its request, if it can stand in a header and a log. */
const givenId = (id: string | undefined) => (id !== undefined && /^[\w=-]{1,255}$/.test(id) ? id : undefined)

/** What came of a request, for its client and for the observer. */
interface Served {
  readonly answer: Answer
  readonly userId: string | null
  readonly limit?: LimitState
  readonly defect?: unknown
}

const respond = (answer: Answer, context: Context<AppEnv>, limit?: LimitState): Response =>
  responseOf(answer, {
    ...securityHeaders,
    "x-request-id": context.get("requestId"),
    ...(limit && limitHeaders(limit))
  })

const limitHeaders = ({ limit, remaining, resetSeconds }: LimitState) => ({
  "ratelimit-policy": `"default";q=${limit};w=3600`,
  ratelimit: `"default";r=${remaining};t=${Math.ceil(resetSeconds)}`
})

/** Serves one request from its credentials to its answer; who it came from is kept for the observer. */
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
    const answer = yield* Effect.catch(answered, (problem) =>
      Effect.succeed(problemAnswer(problem, context.get("requestId")))
    )
    return { answer, userId, limit }
  })
}

/** What nginx says where the client has gone before it was answered. */
const clientGone = 499

const settle = (served: Exit.Exit<Served, Problem>, context: Context<AppEnv>): Served => {
  if (Exit.isSuccess(served)) return served.value
  const requestId = context.get("requestId")
  const problem = Cause.findErrorOption(served.cause)
  if (Option.isSome(problem)) return { answer: problemAnswer(problem.value, requestId), userId: null }
  // Nobody hears this answer; the row and the count of the request are to say that it was not the server's fault.
  if (Cause.hasInterruptsOnly(served.cause))
    return { answer: { status: clientGone, headers: {}, text: null }, userId: null }
  const answer = problemAnswer(new Problem({ code: "internal" }), requestId)
  return { answer, userId: null, defect: Cause.squash(served.cause) }
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
    return answer instanceof Response ? answer : writtenAnswer(endpoint, keptAnswer(endpoint, answer))
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
  return writtenAnswer(endpoint, yield* idempotency.answerOnce({ userId: principal.userId, key, fingerprint }, kept))
})
