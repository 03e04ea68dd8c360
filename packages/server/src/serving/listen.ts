import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { type Http2Bindings, type HttpBindings, serve, type WebSocketServerLike } from "@hono/node-server"
import { Data, Effect, type Scope } from "effect"
import type { Hono } from "hono"
import { WebSocketServer } from "ws"
import { answeredEarly } from "./answeredEarly.ts"

/** The address is taken, or not this machine's. */
export class ListenFailed extends Data.TaggedError("ListenFailed")<{ readonly cause: Error }> {
  override readonly message = this.cause.message
}

/** Where a server listens. */
export interface ListenOptions {
  /** Default 3000; 0 takes a free one. */
  readonly port?: number
  /** Default this machine alone. */
  readonly host?: string
}

/** A server that listens. */
export interface Listening {
  readonly url: string
}

/** A client that sends its headers more slowly than this is let go. */
const headersTimeoutMs = 10_000
/**
 * An idle connection is kept for longer than proxies keep theirs (60 s by default for most), so that none sends a request
 * down one that is just being closed.
 */
const keepAliveTimeoutMs = 75_000
/** Requests that are being served when the scope closes have so long to end. */
const drainMs = 10_000
/** A longer message ends its socket. */
const maxSocketBytes = 16 * 1024

/** Serves the application until the scope closes: then nothing new is taken, and what is under way comes to its end. */
export const listen = (
  app: Pick<Hono, "fetch">,
  { host = "127.0.0.1", port = 3000 }: ListenOptions = {}
): Effect.Effect<Listening, ListenFailed, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.callback<{ readonly server: Server; readonly sockets: WebSocketServer }, ListenFailed>((resume) => {
      const sockets = new WebSocketServer({ noServer: true, maxPayload: maxSocketBytes })
      // Its types say of options that may be left out that they are there.
      const websocket = { server: sockets as WebSocketServerLike }
      const fetch = async (request: Request, bindings: HttpBindings | Http2Bindings) =>
        answeredEarly(await app.fetch(request, bindings), bindings.incoming)
      const options = { fetch, hostname: host, port, websocket }
      // Without TLS of its own it is a server of node:http.
      const server = serve(options, () => resume(Effect.succeed({ server, sockets }))) as Server
      server.headersTimeout = headersTimeoutMs
      server.keepAliveTimeout = keepAliveTimeoutMs
      server.once("error", (cause) => resume(Effect.fail(new ListenFailed({ cause }))))
    }),
    ({ server, sockets }) =>
      Effect.callback<void>((resume) => {
        for (const socket of sockets.clients) socket.close(1001, "The server is going.")
        const deadline = setTimeout(() => server.closeAllConnections(), drainMs)
        server.close(() => {
          clearTimeout(deadline)
          resume(Effect.void)
        })
        server.closeIdleConnections()
      })
  ).pipe(
    Effect.map(({ server }) => {
      // It listens on TCP.
      const { address, family, port } = server.address() as AddressInfo
      return { url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}` }
    })
  )
