import { createServer, type IncomingHttpHeaders, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { WebhookDeliveries, Webhooks } from "@timegrid/core/repository"
import { Effect } from "effect"
import { Webhook } from "standardwebhooks"
import { givenReview } from "./givenReview.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp, until } from "./people.ts"

interface Message {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let server: MemoryServer
let receiver: Server
let address: string
const messages: Array<Message> = []
/** What the receiver answers on a path; 204 otherwise. */
const answers = new Map<string, { readonly status: number; readonly location?: string }>()

beforeAll(async () => {
  server = await startMemoryServer({ privateWebhooks: true }, { worker: false })
  receiver = createServer((request, response) => {
    let body = ""
    request.on("data", (part) => {
      body += part
    })
    request.on("end", () => {
      const path = request.url ?? ""
      messages.push({ path, headers: request.headers, body })
      const { location, status } = answers.get(path) ?? { status: 204 }
      response.writeHead(status, location === undefined ? {} : { location }).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve))
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
})
afterAll(async () => {
  await server.stop()
  await new Promise((resolve) => receiver.close(resolve))
})

const heardOn = (path: string) => messages.filter((message) => message.path === path)

type Person = Awaited<ReturnType<typeof signUp>>

/** A webhook on a path of its own, and a job of its user that is cancelled, which is an event. */
const failingJob = async ({ client, id }: Person) => {
  const { jobId } = await givenReview(server, id)
  await client.jobs.cancel({ params: { id: jobId } })
  return jobId
}

describe("a webhook", () => {
  it("is told of the events that it is for, signed as Standard Webhooks has it", async () => {
    const person = await signUp(server, "signed")
    const body = { url: `${address}/signed`, events: ["job:failed" as const] }
    const { id, secret } = await person.client.webhooks.create({ body })
    const jobId = await failingJob(person)
    const [message] = await until(
      async () => heardOn("/signed"),
      (heard) => heard.length > 0
    )
    const headers = message?.headers as Record<string, string>
    const told = new Webhook(secret).verify(String(message?.body), headers) as { readonly [key: string]: unknown }
    assert.deepInclude(told, { type: "job:failed" })
    assert.deepInclude(told.data, { type: "job:failed", jobId, status: "failed" })
    assert.throws(() =>
      new Webhook(`whsec_${Buffer.alloc(32).toString("base64")}`).verify(String(message?.body), headers)
    )
    const { items } = await until(
      () => person.client.webhooks.deliveries({ params: { id } }),
      (page) => page.items[0]?.status === "delivered"
    )
    assert.deepStrictEqual(
      items.map(({ attempts, event, responseStatus }) => [event, attempts, responseStatus]),
      [["job:failed", 1, 204]]
    )
    assert.strictEqual(headers["webhook-id"], items[0]?.id)
    assert.notInclude(JSON.stringify([items, await person.client.webhooks.list()]), secret)
  })

  it("that does not take a message is tried again later, and at once when its user says so", async () => {
    answers.set("/broken", { status: 500 })
    const person = await signUp(server, "broken")
    const body = { url: `${address}/broken`, events: ["job:failed" as const] }
    const { id } = await person.client.webhooks.create({ body })
    await failingJob(person)
    const log = () => person.client.webhooks.deliveries({ params: { id } })
    const { items } = await until(log, (page) => page.items[0]?.error !== null && page.items.length > 0)
    const [delivery] = items
    assert.deepInclude(delivery, { status: "pending", attempts: 1, responseStatus: 500 })
    assert.isAbove(Date.parse(String(delivery?.nextAttemptAt)), Date.now())
    answers.delete("/broken")
    const params = { id, deliveryId: String(delivery?.id) }
    await person.client.webhooks.redeliver({ params })
    await until(log, (page) => page.items[0]?.status === "delivered")
    const ids = heardOn("/broken").map(({ headers }) => headers["webhook-id"])
    assert.isAtLeast(ids.length, 2)
    // Its receiver can tell that it is the same message.
    assert.strictEqual(new Set(ids).size, 1)
  })

  it("is given up after its last attempt, and can still be told again by hand", async () => {
    answers.set("/gone", { status: 410 })
    const person = await signUp(server, "gone")
    const body = { url: `${address}/gone`, events: ["job:failed" as const] }
    const { id } = await person.client.webhooks.create({ body })
    await failingJob(person)
    const log = () => person.client.webhooks.deliveries({ params: { id } })
    for (;;) {
      const { items } = await until(log, (page) => page.items[0] !== undefined && page.items[0].error !== null)
      const delivery = items[0]!
      if (delivery.status === "failed") break
      // Time passes.
      const nextAttemptAt = new Date().toISOString()
      await server.run(
        WebhookDeliveries.use((deliveries) => deliveries.update(delivery.id, { nextAttemptAt, error: null }))
      )
    }
    const { items } = await log()
    assert.deepInclude(items[0], { status: "failed", attempts: 8, nextAttemptAt: null })
    answers.delete("/gone")
    await person.client.webhooks.redeliver({ params: { id, deliveryId: String(items[0]?.id) } })
    await until(log, (page) => page.items[0]?.status === "delivered")
  })

  it("is not followed where it redirects to", async () => {
    answers.set("/moved", { status: 302, location: `${address}/elsewhere` })
    const person = await signUp(server, "moved")
    const { id } = await person.client.webhooks.create({
      body: { url: `${address}/moved`, events: ["job:failed"] }
    })
    await failingJob(person)
    const { items } = await until(
      () => person.client.webhooks.deliveries({ params: { id } }),
      (page) => page.items.length > 0 && page.items[0]?.error !== null
    )
    assert.strictEqual(items[0]?.responseStatus, 302)
    assert.deepStrictEqual(heardOn("/elsewhere"), [])
  })

  it("that is switched off, or for other events, or somebody else's, is told nothing", async () => {
    const person = await signUp(server, "silent")
    const stranger = await signUp(server, "stranger")
    const make = (who: Person, path: string, event: "job:failed" | "job:completed") =>
      who.client.webhooks.create({ body: { url: `${address}${path}`, events: [event] } })
    const { id } = await make(person, "/off", "job:failed")
    await person.client.webhooks.update({ params: { id }, body: { enabled: false } })
    await make(person, "/other-event", "job:completed")
    await make(stranger, "/strange", "job:failed")
    await make(person, "/on", "job:failed")
    await failingJob(person)
    await until(
      async () => heardOn("/on"),
      (heard) => heard.length > 0
    )
    assert.deepStrictEqual(["/off", "/other-event", "/strange"].flatMap(heardOn), [])
  })
})

describe("where a webhook leads", () => {
  it("is never this server's own network, unless the server is set to allow it", async () => {
    const strict = await startMemoryServer({}, { worker: false })
    try {
      const { client } = await signUp(strict, "attacker")
      const urls = [
        "http://127.0.0.1/",
        "http://localhost:6379/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:10.0.0.1]/"
      ]
      for (const url of urls) {
        const { errors } = await refused(
          client.webhooks.create({ body: { url, events: ["job:failed"] } }),
          "validation_failed"
        )
        assert.deepStrictEqual(
          errors.map(({ pointer }) => pointer),
          ["/url"],
          url
        )
      }
      const file = client.webhooks.create({ body: { url: "file:///etc/passwd", events: ["job:failed"] } })
      await refused(file, "validation_failed")
    } finally {
      await strict.stop()
    }
  })

  it("is looked at again with each message, so that a row that leads inwards by now is told nothing", async () => {
    const strict = await startMemoryServer({}, { worker: false })
    try {
      const { client, id: userId } = await signUp(strict, "rebound")
      const { id } = await strict.run(
        Effect.flatMap(Webhooks, (webhooks) =>
          webhooks.insert({ userId, url: `${address}/rebound`, secret: "whsec_AAAA", events: ["job:failed"] })
        )
      )
      const { jobId } = await givenReview(strict, userId)
      await client.jobs.cancel({ params: { id: jobId } })
      const { items } = await until(
        () => client.webhooks.deliveries({ params: { id } }),
        (page) => page.items.length > 0 && page.items[0]?.error !== null
      )
      assert.include(items[0]?.error ?? "", "no public address")
      assert.deepStrictEqual(heardOn("/rebound"), [])
    } finally {
      await strict.stop()
    }
  })
})
