/** A service on this machine, which answers as a test wants. */
import type { ServerResponse } from "node:http"
import { type LoopbackServer, loopbackServer, type ReceivedRequest } from "@timegrid/testing/loopback"
import type { Effect, Scope } from "effect"

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

/** Starts a service on a free port of the loopback interface; it ends with the scope, connections included. */
export const loopback = (
  replyTo: (request: ReceivedRequest) => Promise<Reply>
): Effect.Effect<LoopbackServer, never, Scope.Scope> =>
  loopbackServer(async (request, response) => say(response, await replyTo(request)))

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
