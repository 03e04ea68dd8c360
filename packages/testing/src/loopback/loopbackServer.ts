/** A service on this machine, which answers as a test wants. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { Effect, type Scope } from "effect"

/** A request as the service got it, whole. */
export interface ReceivedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A service that runs. */
export interface LoopbackServer {
  /** Without a slash at its end. */
  readonly url: string
  /** What it was asked so far, first to last. */
  readonly requests: ReadonlyArray<ReceivedRequest>
  /** How many connections were closed by the client before all was said. */
  readonly abandoned: () => number
}

/**
 * Starts a service on a free port of the loopback interface; it ends with the scope, connections included.
 *
 * @param answer Answers a request, at once or later.
 */
export const loopbackServer = (
  answer: (request: ReceivedRequest, response: ServerResponse) => void
): Effect.Effect<LoopbackServer, never, Scope.Scope> =>
  Effect.gen(function* () {
    const requests: Array<ReceivedRequest> = []
    let abandoned = 0
    const server = createServer((request, response) => {
      const parts: Array<Buffer> = []
      response.on("close", () => {
        if (!response.writableEnded) abandoned += 1
      })
      request.on("data", (part: Buffer) => parts.push(part))
      request.on("end", () => {
        const { headers, method = "", url = "/" } = request
        const received = { method, url: new URL(url, `http://${headers.host}`), headers, body: Buffer.concat(parts) }
        requests.push(received)
        answer(received, response)
      })
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => {
        server.listen(0, "127.0.0.1", () => resume(Effect.void))
      }),
      () =>
        Effect.callback<void>((resume) => {
          server.close(() => resume(Effect.void))
          server.closeAllConnections()
        })
    )
    // A server that listens on TCP has an address of this kind.
    const { port } = server.address() as AddressInfo
    return { url: `http://127.0.0.1:${port}`, requests, abandoned: () => abandoned }
  })
