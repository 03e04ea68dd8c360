/** One client on `/ws`: follows jobs that it may see, until it goes. */
import { SubscriptionStore } from "@timegrid/core/realtime"
import { Effect, Fiber, Stream } from "effect"
import type { Principal } from "../authorization/Principal.ts"
import { type Failure, problemOf } from "../http/failures.ts"
import { Problem } from "../http/Problem.ts"
import { jobEvents } from "../jobs/jobEvents.ts"
import { visibleJob } from "../jobs/jobOperations.ts"
import { ClientMessage, type ServerMessage } from "./messages.ts"

/** So many jobs one connection follows at most. */
const maxJobs = 100

/** Who is at the other end of a socket. */
export interface SocketClient {
  readonly userId: string
  /** Null once the session has ended, a failure once the key is no longer good. */
  readonly authenticate: Effect.Effect<Principal | null, Problem>
}

/** Sessions and keys that end are noticed by their sockets within this time. */
const lookEvery = "5 seconds"

/** Succeeds once the session or key that opened the socket is no longer good. A store that fails says nothing of that. */
export const signedOut = ({ authenticate }: SocketClient): Effect.Effect<void> => {
  const isSignedIn = authenticate.pipe(
    Effect.map((principal) => principal !== null),
    Effect.catch(({ code }) => Effect.succeed(code !== "unauthenticated")),
    Effect.delay(lookEvery)
  )
  return Effect.asVoid(Effect.repeat(isSignedIn, { while: (isStill) => isStill }))
}

/**
 * Serves a client whose messages are given to `receive` and who hears by `send`. Who it is by now, and whether it may see
 * a job, is looked at with each subscription. Ends with the scope.
 */
export const serveSocket = Effect.fn("serveSocket")(function* (
  { authenticate, userId }: SocketClient,
  send: (message: ServerMessage) => void
) {
  const subscriptions = yield* SubscriptionStore
  const scope = yield* Effect.scope
  const followed = new Map<string, Fiber.Fiber<void, unknown>>()
  // A store that is out of reach costs no live view of this connection.
  const remember = (jobId: string) => Effect.ignore(subscriptions.subscribe(userId, jobId))
  const forget = (jobId: string) => Effect.ignore(subscriptions.unsubscribe(userId, jobId))
  yield* Effect.addFinalizer(() => Effect.forEach(followed.keys(), forget, { discard: true }))

  const subscribe = Effect.fnUntraced(function* (jobId: string) {
    const principal = yield* authenticate
    if (principal === null) return yield* new Problem({ code: "unauthenticated" })
    yield* visibleJob(principal, "job:read", jobId)
    if (!followed.has(jobId)) {
      if (followed.size >= maxJobs) {
        send({ type: "error", code: "too_many_requests", jobId, message: `At most ${maxJobs} jobs a connection.` })
        return
      }
      const told = Stream.runForEach(jobEvents(jobId), (event) => Effect.sync(() => send(event)))
      yield* remember(jobId)
      followed.set(jobId, yield* Effect.forkIn(told, scope))
    }
    send({ type: "subscribed", jobId })
  })

  const unsubscribe = Effect.fnUntraced(function* (jobId: string) {
    const fiber = followed.get(jobId)
    if (fiber !== undefined) {
      followed.delete(jobId)
      yield* Fiber.interrupt(fiber)
      yield* forget(jobId)
    }
    send({ type: "unsubscribed", jobId })
  })

  const receive = Effect.fnUntraced(function* (text: string) {
    const message = parse(text)
    if (message === null) {
      send({ type: "error", code: "malformed_request", jobId: null, message: "This is no message that is known here." })
      return
    }
    if (message.type === "ping") return send({ type: "pong" })
    const jobId = message.jobId.toLowerCase()
    const work = message.type === "subscribe" ? subscribe(jobId) : unsubscribe(jobId)
    yield* Effect.catch(work, (failure: Failure) =>
      Effect.sync(() => {
        const problem = problemOf(failure)
        send({ type: "error", code: problem.code, jobId, message: problem.message })
      })
    )
  })
  return { receive }
})

const parse = (text: string): ClientMessage | null => {
  try {
    return ClientMessage.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
