import { once } from "node:events"
import { makeTimetable } from "@timegrid/maker"
import { assert, beforeAll, describe, it } from "vitest"
import { WebSocket } from "ws"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { signUp } from "./people.ts"

let server: MemoryServer
beforeAll(async () => {
  server = await startMemoryServer({ secureCookies: false })
  return () => server.stop()
})

const connect = async (headers: Record<string, string>) => {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws`, { headers })
  await once(socket, "open")
  return socket
}

const answered = async (socket: WebSocket, message: unknown): Promise<unknown> => {
  socket.send(JSON.stringify(message))
  const [data] = await once(socket, "message")
  return JSON.parse(String(data))
}

const jobId = "00000000-0000-4000-8000-000000000000"

describe("a socket", () => {
  it("is opened to nobody without a session, and for no page of another site", async () => {
    const { cookie } = await signUp(server, "opener")
    for (const headers of [{}, { cookie: "timegrid_session=made-up" }, { cookie, origin: "https://evil.example" }]) {
      const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws`, { headers })
      const [error] = await once(socket, "error")
      assert.include(String(error), "401")
    }
  })

  it("subscribes to nothing more once the session that opened it has ended", async () => {
    const { client, cookie } = await signUp(server, "leaver")
    const socket = await connect({ cookie })
    assert.deepInclude(await answered(socket, { type: "subscribe", jobId }), { type: "error", code: "not_found" })
    await client.auth.logout()
    assert.deepInclude(await answered(socket, { type: "subscribe", jobId }), { type: "error", code: "unauthenticated" })
    socket.close()
  })

  it("ends within seconds of its session, whatever it follows", async () => {
    const { cookie, client } = await signUp(server, "forgetful")
    const file = new File([(await makeTimetable({ seed: 1, tier: "pdf" })).bytes], "week.pdf", {
      type: "application/pdf"
    })
    const started = await client.documents.upload({ form: { file } })
    const socket = await connect({ cookie })
    assert.deepInclude(await answered(socket, { type: "subscribe", jobId: started.jobId }), { type: "subscribed" })
    const closed = once(socket, "close")
    await client.auth.logout()
    const start = performance.now()
    assert.strictEqual((await closed)[0], 1008)
    assert.isBelow(performance.now() - start, 30_000)
  })

  it("ends when it says more at once than can wait, and the server goes on", async () => {
    const { cookie } = await signUp(server, "flooder")
    const socket = await connect({ cookie })
    for (let sent = 0; sent < 20_000; sent += 1) socket.send(JSON.stringify({ type: "subscribe", jobId }))
    const [code] = await once(socket, "close")
    assert.strictEqual(code, 1008)
    assert.deepStrictEqual(await answered(await connect({ cookie }), { type: "ping" }), { type: "pong" })
  })

  it("ends with a message that is too long", async () => {
    const { cookie } = await signUp(server, "novelist")
    const socket = await connect({ cookie })
    socket.send("x".repeat(100_000))
    const [code] = await once(socket, "close")
    assert.strictEqual(code, 1009)
  })
})
