/** `/ws` as a route: who connects is known before the connection is upgraded. */

import { upgradeWebSocket } from "@hono/node-server"
import type { EventBus, SubscriptionStore } from "@timegrid/core/realtime"
import type { ProcessingJobs, ReviewTasks } from "@timegrid/core/repository"
import { Effect, Exit, Queue, Scope, Context as Services } from "effect"
import { Hono } from "hono"
import { getCookie } from "hono/cookie"
import type { WSContext } from "hono/ws"
import type { WebSocket } from "ws"
import { Authentication, sessionCookie } from "../authentication/Authentication.ts"
import { refuseForgery } from "../http/forgery.ts"
import type { ServerMessage } from "./messages.ts"
import { type SocketClient, serveSocket, signedOut } from "./serveSocket.ts"

/** What a socket needs. */
export type SocketServices = Authentication | EventBus | ProcessingJobs | ReviewTasks | SubscriptionStore

type SocketEnv = { Variables: { client: SocketClient } }

/** Longer messages end their connection. */
const maxMessageCharacters = 1_000
/** So many messages wait to be served at most; one more ends the connection. */
const maxWaitingMessages = 500
/** Who leaves more than this unread is no longer told anything: the connection ends. */
const maxUnreadBytes = 1024 * 1024

export const socketRoute = (
  services: Services.Context<SocketServices>,
  allowedOrigins: ReadonlyArray<string>
): Hono<SocketEnv> => {
  const run = Effect.runPromiseWith(services)
  const route = new Hono<SocketEnv>()
  route.use("/ws", async (context, next) => {
    const cookie = getCookie(context, sessionCookie)
    const authorization = context.req.header("authorization")
    const authenticate = Services.get(services, Authentication).authenticate({ cookie, authorization })
    const admitted = Effect.gen(function* () {
      // A browser sends the cookie along from any site, and asks nobody before.
      if (authorization === undefined) yield* refuseForgery(context, allowedOrigins, "always")
      return yield* authenticate
    })
    const principal = await run(Effect.orElseSucceed(admitted, () => null))
    if (principal === null) return context.body(null, 401)
    context.set("client", { userId: principal.userId, authenticate })
    return next()
  })
  route.get(
    "/ws",
    upgradeWebSocket((context: { readonly get: (name: "client") => SocketClient }) => {
      const client = context.get("client")
      const scope = Scope.makeUnsafe()
      const texts = Effect.runSync(Queue.bounded<string>(maxWaitingMessages))
      const end = () => void run(Scope.close(scope, Exit.void))
      return {
        onOpen: (_: Event, socket: WSContext) => {
          // Of `ws`, which alone is served by; the type says no more than what all kinds of them share.
          const raw = socket.raw as WebSocket | undefined
          const send = (message: ServerMessage) => {
            // A frame that says goodbye would wait behind what is unread.
            if (raw !== undefined && raw.bufferedAmount > maxUnreadBytes) raw.terminate()
            else socket.send(JSON.stringify(message))
          }
          const leave = Effect.sync(() => socket.close(1008, "The session has ended."))
          const served = Effect.gen(function* () {
            const { receive } = yield* serveSocket(client, send)
            yield* Effect.forever(Effect.flatMap(Queue.take(texts), receive))
          })
          void run(Effect.forkIn(Scope.provide(served, scope), scope))
          void run(Effect.forkIn(Effect.andThen(signedOut(client), leave), scope))
        },
        onMessage: ({ data }: { readonly data: unknown }, socket: WSContext) => {
          if (typeof data !== "string" || data.length > maxMessageCharacters) {
            socket.close(1009, "This message is too long.")
          } else if (!Queue.offerUnsafe(texts, data)) {
            socket.close(1008, "These are too many messages at once.")
          }
        },
        onClose: end,
        onError: end
      }
    })
  )
  return route
}
