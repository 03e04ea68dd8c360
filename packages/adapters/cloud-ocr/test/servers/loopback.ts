/** A service on this machine, which answers as a test wants. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { Effect, type Scope } from "effect"

/** A request as the service got it. */
export interface ReceivedRequest {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What the service does with a request. */
export type Reply =
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Buffer
      /** The connection breaks in the middle of the body. */
      readonly isCut?: boolean
    }
  /** Never says anything. */
  | "silence"

/** A service that runs. */
export interface Loopback {
  readonly url: string
  /** First to last. */
  readonly requests: ReadonlyArray<ReceivedRequest>
  /** How many connections were closed by the client before it was answered. */
  readonly abandoned: () => number
}

/** Starts a service on a free port of the loopback interface; it ends with the scope, connections included. */
export const loopback = (
  replyTo: (request: ReceivedRequest) => Promise<Reply>
): Effect.Effect<Loopback, never, Scope.Scope> =>
  Effect.gen(function* () {
    const requests: Array<ReceivedRequest> = []
    let abandoned = 0
    const server = createServer((request, response) => {
      const parts: Array<Buffer> = []
      response.on("close", () => {
        if (!response.writableEnded) abandoned += 1
      })
      request.on("data", (part: Buffer) => parts.push(part))
      request.on("end", async () => {
        const { headers, method = "", url = "/" } = request
        const received = { method, url: new URL(url, `http://${headers.host}`), headers, body: Buffer.concat(parts) }
        requests.push(received)
        say(response, await replyTo(received))
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

const say = (response: ServerResponse, reply: Reply): void => {
  if (reply === "silence" || response.destroyed) return
  const { body = "", headers = {}, isCut = false, status } = reply
  const bytes = Buffer.from(body)
  // Kept alive, the client's connection would outlast the scope for some seconds.
  response.writeHead(status, { connection: "close", "content-length": bytes.length, ...headers })
  if (!isCut) {
    response.end(bytes)
    return
  }
  response.write(bytes.subarray(0, bytes.length / 2))
  // What was written has to leave before the connection breaks.
  setTimeout(() => response.destroy(), 20)
}

/** A reply in JSON. */
export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(value)
})
