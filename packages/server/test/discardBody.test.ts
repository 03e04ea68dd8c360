import { once } from "node:events"
import { connect } from "node:net"
import { assert, describe, it } from "@effect/vitest"
import { startMemoryServer } from "./memoryServer.ts"
import { signUp } from "./people.ts"

describe("an upload that has to come again later", () => {
  it("is told so with an answer, and not with a broken connection, by a server that it is still sending to", async () => {
    const server = await startMemoryServer({ limits: { uploads: 1 } }, { worker: false })
    try {
      const { cookie } = await signUp(server, "eager")
      const { hostname, port } = new URL(server.url)
      // The first takes what the limit allows, whatever is wrong with it.
      const headers = { cookie, "content-type": "multipart/form-data; boundary=b" }
      await fetch(`${server.url}/api/v1/documents/upload`, { method: "POST", headers, body: "" })
      const socket = connect(Number(port), hostname)
      const length = 16 * 1024 * 1024
      const piece = Buffer.alloc(1024 * 1024, 32)
      let answer = ""
      let failure: Error | undefined
      socket.on("error", (error) => {
        failure = error
      })
      const closed = once(socket, "close").catch(() => {})
      await once(socket, "connect")
      socket.write(
        `POST /api/v1/documents/upload HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${cookie}\r\nConnection: close\r\n` +
          `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${length}\r\n\r\n`
      )
      // As a client does that looks at the answer only after it has sent everything.
      for (let sent = 0; sent < length && failure === undefined; sent += piece.length) {
        await new Promise<void>((resolve) => socket.write(piece, () => resolve()))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      socket.on("data", (part) => {
        answer += String(part)
      })
      await closed
      assert.isUndefined(failure)
      assert.match(answer, /^HTTP\/1\.1 429 /)
      assert.match(answer, /\r\nretry-after: \d+\r\n/i)
    } finally {
      await server.stop()
    }
  })
})
