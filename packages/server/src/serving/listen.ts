import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { type Http2Bindings, type HttpBindings, serve, type WebSocketServerLike } from "@hono/node-server"
import { Data, Effect, type Scope } from "effect"
import type { Hono } from "hono"
import { WebSocketServer } from "ws"
import { answeredEarly } from "./answeredEarly.ts"

/** Nobody can listen there: the address is taken, or not this machine's. */
export class ListenFailed extends Data.TaggedError("ListenFailed")<{
  /** Such as `"127.0.0.1:3000"`. */
  readonly address: string
  readonly cause: NodeJS.ErrnoException
}> {
  readonly code = this.cause.code === "EADDRINUSE" ? "address_in_use" : "unavailable"
  override readonly message =
    this.code === "address_in_use"
      ? `${this.address} is in use by another program.`
      : `${this.address} cannot be listened on: ${this.cause.message}`
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

/** A port that is taken before there is anything to serve. */
export interface OpenPort extends Listening {
  /**
   * Answers by the application until the scope closes: then nothing new is taken, and what is under way comes to its end.
   * What was asked before has waited.
   */
  readonly serve: (app: Pick<Hono, "fetch">) => Effect.Effect<void, never, Scope.Scope>
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

/** Takes a port, until the scope closes: whoever cannot have it is to know before anything else is done. */
export const openPort = ({
  host = "127.0.0.1",
  port = 3000
}: ListenOptions = {}): Effect.Effect<OpenPort, ListenFailed, Scope.Scope> =>
  Effect.gen(function* () {
    const app = Promise.withResolvers<Pick<Hono, "fetch">>()
    const sockets = new WebSocketServer({ noServer: true, maxPayload: maxSocketBytes })
    const server = yield* Effect.acquireRelease(
      Effect.callback<Server, ListenFailed>((resume) => {
        // Its types say of options that may be left out that they are there.
        const websocket = { server: sockets as WebSocketServerLike }
        const fetch = async (request: Request, bindings: HttpBindings | Http2Bindings) =>
          answeredEarly(await (await app.promise).fetch(request, bindings), bindings.incoming)
        const options = { fetch, hostname: host, port, websocket }
        // Without TLS of its own it is a server of node:http.
        const server = serve(options, () => resume(Effect.succeed(server))) as Server
        server.headersTimeout = headersTimeoutMs
        server.keepAliveTimeout = keepAliveTimeoutMs
        server.once("error", (cause) => resume(Effect.fail(new ListenFailed({ address: `${host}:${port}`, cause }))))
      }),
      // What still waits then was never served.
      (server) => Effect.sync(() => server.close().closeAllConnections())
    )
    // It listens on TCP.
    const { address, family, port: taken } = server.address() as AddressInfo
    return {
      url: `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`,
      serve: (served) =>
        Effect.acquireRelease(
          Effect.sync(() => app.resolve(served)),
          () => drained(server, sockets)
        )
    }
  })

/** Serves the application until the scope closes: then nothing new is taken, and what is under way comes to its end. */
export const listen = (
  app: Pick<Hono, "fetch">,
  options?: ListenOptions
): Effect.Effect<Listening, ListenFailed, Scope.Scope> => Effect.tap(openPort(options), ({ serve }) => serve(app))

const drained = (server: Server, sockets: WebSocketServer) =>
  Effect.callback<void>((resume) => {
    for (const socket of sockets.clients) socket.close(1001, "The server is going.")
    const deadline = setTimeout(() => server.closeAllConnections(), drainMs)
    server.close(() => {
      clearTimeout(deadline)
      resume(Effect.void)
    })
    server.closeIdleConnections()
  })
