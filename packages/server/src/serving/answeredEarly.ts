/** Answers that are ready while the body of their request is still being sent. */
import type { Readable } from "node:stream"
import { setImmediate } from "node:timers/promises"

/** A client that goes on sending for longer, or sends more, is cut off. */
const patienceMs = 20_000
const mostBytes = 32 * 1024 * 1024

/** A request as it comes in; complete once all of it is here. */
export type Incoming = Readable & { readonly complete: boolean }

/**
 * The answer, with which the connection ends where the request has not arrived as a whole: nobody is to send another one
 * behind a body that nobody reads. What is still being sent is thrown away first, since a client whose connection breaks
 * while it sends may never see the answer, and so not when to come again.
 */
export const answeredEarly = async (answer: Response, incoming: Incoming): Promise<Response> => {
  // An answer may be ready before the rest of the packet has been parsed that its request came in.
  if (!incoming.complete) await setImmediate()
  if (incoming.complete) return answer
  const headers = new Headers(answer.headers)
  headers.set("connection", "close")
  const init = { status: answer.status, headers }
  if (answer.body === null) {
    await discarded(incoming)
    return new Response(null, init)
  }
  const bytes = new Uint8Array(await answer.arrayBuffer())
  headers.set("content-length", String(bytes.byteLength))
  // Whole for the client by its length, while the end of the stream, and so of the connection, waits.
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes),
    pull: async (controller) => {
      await discarded(incoming)
      controller.close()
    }
  })
  return new Response(body, init)
}

const discarded = (incoming: Incoming) =>
  new Promise<void>((resolve) => {
    let discardedBytes = 0
    const timer = setTimeout(resolve, patienceMs)
    // Whoever listened has given up, but would go on pausing the stream and keeping what arrives.
    incoming.removeAllListeners("data")
    incoming.on("data", ({ byteLength }: Buffer) => {
      discardedBytes += byteLength
      if (discardedBytes > mostBytes) resolve()
    })
    for (const end of ["end", "close", "error"]) incoming.once(end, () => resolve())
    incoming.once("close", () => clearTimeout(timer)).resume()
  })
