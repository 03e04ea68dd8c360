/** Each operation of the API, called once by the typed client on a server with a worker. */
import { assert, describe, it } from "@effect/vitest"
import { WebhookDeliveries } from "@timegrid/core/repository"
import { makeTimetable } from "@timegrid/maker"
import type { Client } from "../src/client/index.ts"
import { api } from "../src/contract/index.ts"
import { startMemoryServer } from "./memoryServer.ts"
import { password, refused, signUp, until } from "./people.ts"

/** The client, which notes down what is called of it. */
const noting = (client: Client, called: Set<string>): Client => {
  const chapters = Object.entries(client).map(([chapter, calls]) => [
    chapter,
    new Proxy(calls, {
      get: (target, name, receiver) => {
        called.add(`${chapter}.${String(name)}`)
        return Reflect.get(target, name, receiver)
      }
    })
  ])
  // The same chapters, by the same names.
  return Object.fromEntries(chapters) as Client
}

/** A page with nothing on it, which goes to a person. */
const blankPage = new File(
  [
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
    "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>\nendobj\n",
    "trailer\n<< /Root 1 0 R >>\n%%EOF\n"
  ],
  "blank.pdf",
  { type: "application/pdf" }
)

describe("the typed client", () => {
  it("exercises every route", async () => {
    const server = await startMemoryServer({ privateWebhooks: true })
    const called = new Set<string>()
    const signedUp = async (name: string, role: "teacher" | "reviewer" | "admin") => {
      const { client, ...person } = await signUp(server, name, role)
      return { ...person, client: noting(client, called) }
    }
    try {
      const [teacher, reviewer, admin] = [
        await signedUp("teacher", "teacher"),
        await signedUp("reviewer", "reviewer"),
        await signedUp("admin", "admin")
      ]

      const { auth } = noting(server.client(), called)
      const account = { email: "guest@example.org", password }
      await auth.register({ body: { ...account, firstName: "Guest", lastName: "Test" } })
      const guest = await auth.login({ body: account })
      assert.strictEqual((await auth.me()).email, account.email)
      await auth.updateMe({ body: { firstName: "Visitor" } })
      assert.lengthOf((await auth.devices()).items, 1)
      const { id: keyId } = await auth.createApiKey({ body: { name: "test", scopes: ["job:read"] } })
      assert.lengthOf((await auth.apiKeys()).items, 1)
      await auth.revokeApiKey({ params: { id: keyId } })
      await auth.changePassword({ body: { currentPassword: password, newPassword: "battery staple" } })
      await auth.logout()

      const { documents, jobs } = teacher.client
      const { bytes } = await makeTimetable({ seed: 1, tier: "pdf" })
      const file = new File([bytes], "week.pdf", { type: "application/pdf" })
      const { documentId, jobId } = await documents.upload({ form: { file } })
      const events = await jobs.events({ params: { id: jobId } })
      const reader = events.body?.getReader()
      assert.isFalse((await reader?.read())?.done)
      await reader?.cancel()
      const job = await until(
        () => jobs.get({ params: { id: jobId } }),
        ({ timetableId }) => timetableId !== null
      )
      await refused(
        documents.presign({ body: { fileName: "a.pdf", fileType: "application/pdf", fileSize: 9 } }),
        "conflict"
      )
      await refused(documents.complete({ params: { id: documentId } }), "conflict")
      assert.lengthOf((await documents.list()).items, 1)
      assert.strictEqual((await documents.get({ params: { id: documentId } })).fileName, "week.pdf")
      assert.strictEqual((await documents.status({ params: { id: documentId } })).jobId, jobId)
      assert.strictEqual(
        (await (await documents.content({ params: { id: documentId } })).blob()).size,
        bytes.byteLength
      )
      assert.lengthOf((await jobs.list()).items, 1)

      const { timetables } = teacher.client
      const week = { params: { id: String(job.timetableId) } }
      assert.isAbove((await timetables.get(week)).timeblocks.length, 3)
      assert.include(await (await timetables.json(week)).text(), "timeblocks")
      assert.include(await (await timetables.csv(week)).text(), "startTime")
      const calendar = timetables.ics({ ...week, query: { startDate: "2026-09-07", zone: "Europe/London" } })
      assert.include(await (await calendar).text(), "BEGIN:VEVENT")
      const own = await timetables.create({ body: { name: "Own", year: 2026 } })
      const ownWeek = { params: { id: own.id } }
      const body = { name: "Maths", dayOfWeek: "Monday", startTime: "09:00", endTime: "10:00" } as const
      const block = await timetables.createTimeblock({ ...ownWeek, body })
      const ownBlock = { params: { id: own.id, timeblockId: block.id } }
      assert.strictEqual((await timetables.timeblock(ownBlock)).name, "Maths")
      await timetables.updateTimeblock({ ...ownBlock, body: { name: "Music" } })
      await timetables.reorder({ ...ownWeek, body: { timeblockIds: [block.id] } })
      assert.strictEqual((await timetables.timeblocks(ownWeek)).items[0]?.name, "Music")
      await timetables.deleteTimeblock(ownBlock)
      await timetables.update({ ...ownWeek, body: { status: "active" } })
      assert.lengthOf((await timetables.active()).items, 1)
      assert.lengthOf((await timetables.list({ query: { search: "Own" } })).items, 1)
      await timetables.delete(ownWeek)

      const { webhooks } = teacher.client
      const hook = await webhooks.create({ body: { url: "http://127.0.0.1:9/hook", events: ["job:failed"] } })
      const params = { id: hook.id }
      await webhooks.update({ params, body: { events: ["job:failed", "job:completed"] } })
      assert.lengthOf((await webhooks.list()).items, 1)
      await server.run(WebhookDeliveries.use((log) => log.publish(teacher.id, "job:failed", {})))
      const [delivery] = (await webhooks.deliveries({ params })).items
      await webhooks.redeliver({ params: { ...params, deliveryId: String(delivery?.id) } })
      await webhooks.delete({ params })

      const { reviewTasks } = reviewer.client
      for (let count = 0; count < 2; count++) await documents.upload({ form: { file: blankPage } })
      const tasks = await until(
        () => reviewTasks.list({ query: { status: "pending" } }),
        ({ items }) => items.filter(({ draftData }) => draftData?.timeblocks.length === 0).length === 2
      )
      const [one, other] = tasks.items.filter(({ draftData }) => draftData?.timeblocks.length === 0)
      if (one === undefined || other === undefined) throw new Error("There are two.")
      const first = { params: { id: one.id } }
      await reviewTasks.claim(first)
      await reviewTasks.release(first)
      await admin.client.reviewTasks.prioritize({ ...first, body: { priority: "urgent" } })
      await admin.client.reviewTasks.assign({ ...first, body: { userId: reviewer.id } })
      await reviewTasks.claim(first)
      await reviewTasks.save({ ...first, body: { timeblocks: [] } })
      assert.strictEqual((await reviewTasks.get(first)).status, "in_progress")
      const done = await reviewTasks.complete({ ...first, body: { draft: { timeblocks: [body] } } })
      assert.strictEqual(done.status, "completed")
      await admin.client.reviewTasks.cancel({ params: { id: other.id } })
      await admin.client.reviewTasks.accuracy()
      assert.strictEqual((await jobs.retry({ params: { id: other.jobId }, body: {} })).retryCount, 1)
      assert.strictEqual((await jobs.cancel({ params: { id: other.jobId } })).errorCode, "cancelled")
      await documents.delete({ params: { id: documentId } })

      const { auditLogs, metrics, users } = admin.client
      assert.lengthOf((await users.list()).items, 4)
      const someone = { params: { id: guest.id } }
      assert.strictEqual((await users.get(someone)).firstName, "Visitor")
      assert.strictEqual((await users.update({ ...someone, body: { role: "reviewer" } })).role, "reviewer")
      await users.resetPassword({ ...someone, body: { password } })
      assert.include(await (await users.export(someone)).text(), account.email)
      await users.erase(someone)
      assert.isNotEmpty((await auditLogs.list()).items)
      await metrics.hourly()
      await metrics.queue()

      const all = Object.entries(api).flatMap(([chapter, calls]) =>
        Object.keys(calls).map((name) => `${chapter}.${name}`)
      )
      assert.deepStrictEqual(
        all.filter((name) => !called.has(name)),
        []
      )
    } finally {
      await server.stop()
    }
  })
})
