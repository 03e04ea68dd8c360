import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"

/** A request as it went over the wire. */
export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingMessage["headers"]
  readonly body: string
}

/** What the server says; null lets the request hang. */
export interface Said {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A server that says what it is told to, and what it was asked. */
export const wireServer = async (answer: (asked: Asked) => Said | null) => {
  const asked: Array<Asked> = []
  const server = createServer(async (request, response) => {
    const { headers, method = "", url = "" } = request
    const one = { method, url, headers, body: await text(request) }
    asked.push(one)
    const said = answer(one)
    if (said === null) return
    response.writeHead(said.status ?? 200, said.headers ?? {}).end(said.body ?? "")
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  return {
    asked,
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}
