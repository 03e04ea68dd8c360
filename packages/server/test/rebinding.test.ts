import dns, { type LookupAddress } from "node:dns"
import dnsPromises from "node:dns/promises"
import { createServer, type Server } from "node:http"
import { syncBuiltinESMExports } from "node:module"
import type { AddressInfo } from "node:net"
import { afterAll, assert, beforeAll, describe, it, vi } from "@effect/vitest"
import { givenReview } from "./givenReview.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { signUp, until } from "./people.ts"

/** A name whose owner answers each question with another address, as no name server of a test's machine does. */
const name = "rebinding.test"
const checked = "127.0.0.1"
/** Another address of this machine, at which nobody listens. */
const later = "127.0.0.2"

let server: MemoryServer
let receiver: Server
let messages = 0
let questions = 0

/** The first answer after each reset is the address that is checked. */
const answer = (): LookupAddress => ({ address: questions++ === 0 ? checked : later, family: 4 })

beforeAll(async () => {
  receiver = createServer((request, response) => {
    messages++
    request.resume()
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => receiver.listen(0, checked, resolve))
  server = await startMemoryServer({ privateWebhooks: true }, { worker: false })
  vi.spyOn(dnsPromises, "lookup").mockImplementation((async () => [answer()]) as never)
  // What a connection asks that is not told where to go.
  vi.spyOn(dns, "lookup").mockImplementation(((
    _name: string,
    options: { all?: boolean },
    callback: (...answer: ReadonlyArray<unknown>) => void
  ) => {
    const { address, family } = answer()
    if (options.all === true) callback(null, [{ address, family }])
    else callback(null, address, family)
  }) as never)
  syncBuiltinESMExports()
})
afterAll(async () => {
  vi.restoreAllMocks()
  syncBuiltinESMExports()
  await server.stop()
  await new Promise((resolve) => receiver.close(resolve))
})

describe("a webhook whose name leads elsewhere when it is asked for again", () => {
  it("is sent to the address that was checked", async () => {
    const { port } = receiver.address() as AddressInfo
    const { client, id } = await signUp(server, "rebinding")
    const hook = await client.webhooks.create({
      body: { url: `http://${name}:${port}/hook`, events: ["job:failed"] }
    })
    const { jobId } = await givenReview(server, id)
    questions = 0
    await client.jobs.cancel({ params: { id: jobId } })
    const { items } = await until(
      () => client.webhooks.deliveries({ params: { id: hook.id } }),
      ({ items: [attempted] }) =>
        attempted !== undefined && (attempted.deliveredAt !== null || attempted.error !== null)
    )
    assert.deepStrictEqual([items[0]?.error, items[0]?.status], [null, "delivered"])
    assert.deepStrictEqual({ messages, questions }, { messages: 1, questions: 1 })
  })
})
