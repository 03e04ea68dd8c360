import { crc32, deflateSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { BlobStore, Cache, CacheReferences, type OcrProvider } from "@timegrid/core"
import { AuditLogs } from "@timegrid/core/audit"
import { UploadedDocuments, Users } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { givenReview } from "./givenReview.ts"
import { type MemoryServer, startMemoryServer } from "./memoryServer.ts"
import { refused, signUp, until } from "./people.ts"

const withServer = async (
  test: (server: MemoryServer) => Promise<void>,
  ...options: Parameters<typeof startMemoryServer>
) => {
  const server = await startMemoryServer(...options)
  try {
    await test(server)
  } finally {
    await server.stop()
  }
}

const auditOf = (server: MemoryServer, filter: Parameters<AuditLogs["Service"]["list"]>[0] = {}) =>
  server.run(
    Effect.map(
      AuditLogs.use((audit) => audit.list({ limit: 100, ...filter })),
      ({ items }) => items
    )
  )

describe("everything that is kept of a user", () => {
  it("can be read by them as one file, without a secret in it", () =>
    withServer(
      async (server) => {
        const { client, id } = await signUp(server, "reader")
        await givenReview(server, id)
        const { secret } = await client.webhooks.create({
          body: { url: "http://127.0.0.1/hook", events: ["job:failed"] }
        })
        const text = await (await client.users.export({ params: { id } })).text()
        const data = JSON.parse(text) as Readonly<Record<string, ReadonlyArray<unknown>>>
        assert.deepStrictEqual(
          ["documents", "extractions", "jobs", "timetables", "sessions"].map((part) => (data[part]?.length ?? 0) > 0),
          [true, true, true, true, true]
        )
        assert.notInclude(text, secret)
        assert.notMatch(text, /secretHash|passwordHash/)
        const other = await signUp(server, "other")
        await refused(other.client.users.export({ params: { id } }), "not_found")
      },
      { privateWebhooks: true },
      { worker: false }
    ))

  it("is gone after it is erased: rows, bytes, answers of providers, sessions, and the person in the audit log", () =>
    withServer(
      async (server) => {
        const { client, email, id } = await signUp(server, "leaver")
        const admin = await signUp(server, "admin", "admin")
        const { documentId, s3Key } = await givenReview(server, id)
        await client.auth.updateMe({ body: { firstName: "Ada" } })
        const cached = Effect.gen(function* () {
          const [cache, references] = [yield* Cache, yield* CacheReferences]
          yield* references.add(documentId, "llm:result:x")
          yield* cache.put("llm:result:x", new Uint8Array([1]), "1 hour")
        })
        await server.run(cached)
        assert.isNotEmpty(await auditOf(server, { filter: { userId: id } }))
        await client.users.erase({ params: { id } })
        await refused(client.auth.me(), "unauthenticated")
        await refused(admin.client.users.get({ params: { id } }), "not_found")
        const left = Effect.gen(function* () {
          return {
            user: yield* (yield* Users).find(id),
            document: yield* (yield* UploadedDocuments).find(documentId),
            bytes: yield* (yield* BlobStore).stat(s3Key),
            answer: yield* (yield* Cache).find("llm:result:x")
          }
        })
        for (const [name, found] of Object.entries(await server.run(left))) assert.strictEqual(found._tag, "None", name)
        const audit = await auditOf(server)
        assert.deepStrictEqual(
          audit.filter(({ userId }) => userId === id).map(({ action }) => action),
          []
        )
        assert.include(
          audit.map(({ action }) => action),
          "user.erased"
        )
        assert.notInclude(JSON.stringify(audit), email)
      },
      {},
      { worker: false }
    ))
})

/** A white page. */
const blankPng = () => {
  const size = 400
  const chunk = (type: string, data: Buffer) => {
    const content = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length)
    ends.writeUInt32BE(crc32(content), 4)
    return [ends.subarray(0, 4), content, ends.subarray(4)]
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size)
  header.writeUInt32BE(size, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc(size * (size + 1), 255)
  for (let row = 0; row < size; row++) rows[row * (size + 1)] = 0
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]
  const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks.flat()])
  return new File([bytes], "blank.png", { type: "image/png" })
}

describe("a provider on another machine", () => {
  const seen: Array<number> = []
  const ocr: OcrProvider["Service"] = {
    engine: "elsewhere@1",
    tier: "cloud_ocr",
    granularity: "page",
    concurrency: 1,
    recognize: ({ pageNumber }) =>
      Effect.sync(() => {
        seen.push(pageNumber ?? 1)
        return []
      })
  }
  const cloud = { cloudOcr: [{ provider: "elsewhere", ocr, usdPerPage: null }] }
  /** How often it was asked about a page of somebody with these settings. */
  const asked = async (server: MemoryServer, name: string, cloudProviders: boolean | undefined) => {
    seen.length = 0
    const { client, id } = await signUp(server, name)
    if (cloudProviders !== undefined) await client.auth.updateMe({ body: { settings: { cloudProviders } } })
    const { documentId, jobId } = await client.documents.upload({ form: { file: blankPng() } })
    await until(
      () => client.jobs.get({ params: { id: jobId } }),
      ({ status }) => ["hitl_pending", "completed", "failed"].includes(status)
    )
    const shown = (await auditOf(server, { filter: { resourceId: documentId } })).filter(
      ({ action }) => action === "document.shown"
    )
    const keys = await server.run(CacheReferences.use((references) => references.list(documentId)))
    return { calls: seen.length, shown: shown.map(({ changes }) => changes), keys, client, documentId, id }
  }

  it("sees a document only where its user has chosen that, which is written down, and is forgotten with it", () =>
    withServer(
      async (server) => {
        assert.deepInclude(await asked(server, "silent", undefined), { calls: 0, shown: [], keys: [] })
        assert.deepInclude(await asked(server, "unwilling", false), { calls: 0, shown: [], keys: [] })
        const { calls, client, documentId, keys, shown } = await asked(server, "willing", true)
        assert.strictEqual(calls, 1)
        assert.strictEqual(shown.length, 1)
        assert.deepInclude(shown[0], { provider: "elsewhere" })
        assert.strictEqual(keys.length, 1)
        await client.documents.delete({ params: { id: documentId } })
        const answer = await server.run(Cache.use((cache) => cache.find(keys[0] ?? "")))
        assert.isTrue(Option.isNone(answer))
      },
      { cloudProviders: true },
      { cloud }
    ))

  it("sees nothing where the server does not allow it, whatever its users choose", () =>
    withServer(
      async (server) => {
        assert.deepInclude(await asked(server, "willing", true), { calls: 0, shown: [], keys: [] })
      },
      { cloudProviders: false },
      { cloud }
    ))
})

describe("a user", () => {
  it("is told when their job ends or waits for a person, unless they do not want to be", () =>
    withServer(
      async (server) => {
        const willing = await signUp(server, "willing")
        const unwilling = await signUp(server, "unwilling")
        await unwilling.client.auth.updateMe({ body: { settings: { notifications: { email: false } } } })
        const told = await givenReview(server, unwilling.id)
        await unwilling.client.jobs.cancel({ params: { id: told.jobId } })
        const { jobId } = await givenReview(server, willing.id)
        await willing.client.jobs.cancel({ params: { id: jobId } })
        await until(
          async () => server.notified.map(({ job }) => job.id),
          (ids) => ids.includes(jobId)
        )
        assert.deepStrictEqual([...new Set(server.notified.map(({ user }) => user.id))], [willing.id])
      },
      {},
      { worker: false }
    ))
})
