import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { BlobStore, type OcrProvider } from "@timegrid/core"
import { Journal } from "@timegrid/core/pipeline"
import { JobStore } from "@timegrid/core/queue"
import { makeTimetable } from "@timegrid/maker"
import { Effect, Fiber, Option, Stream } from "effect"
import type { Client } from "../src/client/index.ts"
import { workOn } from "../src/workers/workOn.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp, until } from "./people.ts"

const types = { pdf: "application/pdf", png: "image/png" } as const

const upload = async (client: Client, tier: keyof typeof types = "pdf") => {
  const { bytes } = await makeTimetable({ seed: 1, tier })
  const file = new File([new Uint8Array(bytes)], `week.${tier}`, { type: types[tier] })
  return client.documents.upload({ form: { file } })
}

const atRest = (client: Client, id: string) =>
  until(
    () => client.jobs.get({ params: { id } }),
    ({ status }) => ["completed", "hitl_pending", "failed"].includes(status)
  )

/** How often each stage of the job was done. */
const timesDone = ({ measured }: MemoryServer, jobId: string) => {
  const times: Record<string, number> = {}
  for (const row of measured) if (row.jobId === jobId && row.stage) times[row.stage] = (times[row.stage] ?? 0) + 1
  return times
}

/** As {@link timesDone}, once that stage was done so often: rows of figures are written in batches. */
const timesWith = (server: MemoryServer, jobId: string, stage: string, times = 1) =>
  until(
    async () => timesDone(server, jobId),
    (done) => done[stage] === times
  )

/** What is kept of the runs that have read the document. */
const kept = (server: MemoryServer, documentId: string, jobId: string) =>
  server.run(
    Effect.gen(function* () {
      const blobs = yield* BlobStore
      const artifacts = yield* Stream.runCollect(blobs.list(`runs/${documentId}/`))
      const rows = yield* Journal.use((journal) => journal.read(jobId))
      return { artifacts: artifacts.map(({ key }) => key), rows: rows.length }
    })
  )

describe("a job that is tried again", () => {
  let server: MemoryServer
  // Everything goes to review, which can be cancelled.
  beforeAll(async () => {
    server = await startMemoryServer({}, { reading: { routing: { acceptFrom: 100 } } })
  })
  afterAll(() => server.stop())

  const cancelled = async (name: string) => {
    const { client } = await signUp(server, name)
    const { documentId, jobId } = await upload(client)
    assert.strictEqual((await atRest(client, jobId)).status, "hitl_pending")
    const { stages } = await client.jobs.cancel({ params: { id: jobId } })
    return { client, documentId, jobId, stages: stages.map(({ name }) => name) }
  }

  it("is read again from the stage that is named, with what the stages before it gave", async () => {
    const { client, jobId, stages } = await cancelled("stage")
    await client.jobs.retry({ params: { id: jobId }, body: { from: "interpretation" } })
    const again = await atRest(client, jobId)
    assert.deepStrictEqual([again.status, again.retryCount], ["hitl_pending", 1])
    assert.deepStrictEqual(
      again.stages.map(({ name, status }) => [name, status]),
      stages.map((name) => [name, "done"])
    )
    assert.deepInclude(await timesWith(server, jobId, "routing", 2), {
      classification: 1,
      preprocessing: 1,
      ocr: 1,
      interpretation: 2,
      validation: 2
    })
  })

  it("is read anew from the first stage on where that is named", async () => {
    const { client, jobId } = await cancelled("first")
    await client.jobs.retry({ params: { id: jobId }, body: { from: "classification" } })
    await atRest(client, jobId)
    const times = await timesWith(server, jobId, "routing", 2)
    assert.deepInclude(times, { classification: 2, preprocessing: 2, ocr: 2, interpretation: 2, validation: 2 })
  })

  it("goes on where it stopped where no stage is named", async () => {
    const { client, jobId } = await cancelled("stopped")
    await client.jobs.retry({ params: { id: jobId }, body: {} })
    const again = await atRest(client, jobId)
    assert.deepStrictEqual([again.status, again.retryCount], ["hitl_pending", 1])
    const times = await timesWith(server, jobId, "routing")
    assert.deepStrictEqual([...new Set(Object.values(times))], [1])
  })

  it("has one timetable all the same", async () => {
    const { client, jobId } = await cancelled("timetable")
    await client.jobs.retry({ params: { id: jobId }, body: { from: "validation" } })
    const { timetableId } = await atRest(client, jobId)
    const { items } = await client.timetables.list({})
    assert.deepStrictEqual(
      items.map(({ id }) => id),
      [timetableId]
    )
  })

  it("is refused a stage that its reading has not", async () => {
    const { client, jobId } = await cancelled("unknown")
    for (const from of ["llm", "review", "reading", ""]) {
      const { errors } = await refused(
        client.jobs.retry({ params: { id: jobId }, body: { from } }),
        "validation_failed"
      )
      assert.deepStrictEqual(
        errors.map(({ pointer }) => pointer),
        ["/from"]
      )
    }
  })

  it("leaves nothing of its runs when its document is deleted", async () => {
    const { client, documentId, jobId } = await cancelled("deleted")
    const before = await kept(server, documentId, jobId)
    assert.isNotEmpty(before.artifacts)
    assert.isTrue(before.artifacts.every((key) => key.startsWith(`runs/${documentId}/${jobId}/`)))
    await client.documents.delete({ params: { id: documentId } })
    assert.isEmpty((await kept(server, documentId, jobId)).artifacts)
  })

  it("leaves nothing of its runs when its user is erased", async () => {
    const { client, documentId, jobId } = await cancelled("erased")
    const { id } = await client.auth.me()
    assert.isNotEmpty((await kept(server, documentId, jobId)).artifacts)
    await client.users.erase({ params: { id } })
    assert.isEmpty((await kept(server, documentId, jobId)).artifacts)
  })
})

describe("a job that is completed", () => {
  it("keeps nothing of its run", async () => {
    const server = await startMemoryServer({}, { reading: { routing: { acceptFrom: 0 } } })
    try {
      const { client } = await signUp(server, "completed")
      const { documentId, jobId } = await upload(client)
      assert.strictEqual((await atRest(client, jobId)).status, "completed")
      await until(
        () => kept(server, documentId, jobId),
        ({ artifacts, rows }) => artifacts.length + rows === 0
      )
    } finally {
      await server.stop()
    }
  })
})

describe("a job whose worker was stopped", () => {
  it("is gone on with by the next one, which does nothing again that was done", async () => {
    const isAsked = Promise.withResolvers<void>()
    let calls = 0
    const ocr: OcrProvider["Service"] = {
      engine: "elsewhere@1",
      tier: "cloud_ocr",
      granularity: "page",
      concurrency: 1,
      recognize: () => {
        calls += 1
        isAsked.resolve()
        return calls === 1 ? Effect.never : Effect.succeed([])
      }
    }
    const cloud = { cloudOcr: [{ provider: "elsewhere", ocr, usdPerPage: null }] }
    const reading = { routing: { acceptFrom: 100 } }
    const server = await startMemoryServer({ cloudProviders: true }, { worker: false, cloud, reading })
    try {
      const { client } = await signUp(server, "stopped")
      await client.auth.updateMe({ body: { settings: { cloudProviders: true } } })
      const { jobId } = await upload(client, "png")
      const claim = Effect.gen(function* () {
        const jobs = yield* JobStore
        const owner = { owner: "test", leaseFor: "30 seconds", jobId } as const
        return Option.getOrThrow(yield* jobs.claim("classification-queue", owner))
      })
      const stopped = Effect.gen(function* () {
        const claimed = yield* claim
        const worker = yield* Effect.forkChild(workOn(claimed))
        yield* Effect.promise(() => isAsked.promise)
        yield* Fiber.interrupt(worker)
        yield* JobStore.use((jobs) => jobs.release(claimed.lease, { queue: claimed.queue }))
      })
      await server.run(stopped)
      const before = await timesWith(server, jobId, "validation")
      await server.run(Effect.flatMap(claim, workOn))
      assert.strictEqual((await atRest(client, jobId)).status, "hitl_pending")
      assert.strictEqual(calls, 2)
      const after = await timesWith(server, jobId, "routing")
      for (const stage of Object.keys(before)) assert.strictEqual(after[stage], 1, stage)
      assert.deepInclude(before, { classification: 1, ocr: 1, validation: 1 })
    } finally {
      await server.stop()
    }
  })
})
