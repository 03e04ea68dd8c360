import { assert, describe, it } from "@effect/vitest"
import { BlobStore } from "@timegrid/core"
import { AuditLogs } from "@timegrid/core/audit"
import { makeTimetable } from "@timegrid/maker"
import { S3BlobStore } from "@timegrid/s3"
import { testBucket, testCredentials } from "@timegrid/test-servers"
import { Effect, Option, Redacted } from "effect"
import { inject } from "vitest"
import type * as z from "zod"
import type { DirectUpload } from "../../src/contract/documents.ts"
import { type MemoryServer, startMemoryServer } from "../memoryServer.ts"
import { refused, signUp } from "../people.ts"

const endpoint = inject("s3Url")

const withServer = async (test: (server: MemoryServer) => Promise<void>) => {
  const { accessKeyId, secretAccessKey } = testCredentials
  const blobs = S3BlobStore.layer({
    bucket: testBucket,
    endpoint: endpoint ?? "http://none.invalid",
    credentials: { accessKeyId, secretAccessKey: Redacted.make(secretAccessKey) },
    lacks: ["versions", "postSizeRange"]
  })
  const server = await startMemoryServer({}, { worker: false, blobs })
  try {
    await test(server)
  } finally {
    await server.stop()
  }
}

/** Sends the bytes as a browser does, past this server. */
const send = async ({ fields, url }: z.output<typeof DirectUpload>, bytes: Uint8Array<ArrayBuffer>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set("file", new Blob([bytes]))
  const response = await fetch(url, { method: "POST", body: form })
  assert.isBelow(response.status, 300, await response.text())
}

const pdfOf = async () => new Uint8Array((await makeTimetable({ seed: 1, tier: "pdf" })).bytes)
const announced = (fileSize: number) => ({ fileName: "week.pdf", fileType: "application/pdf" as const, fileSize })

describe.skipIf(endpoint === null)("an upload that goes to the object store itself", () => {
  it("is announced, sent, and becomes a job once it is said to be complete, which is said once", () =>
    withServer(async (server) => {
      const { client } = await signUp(server, "direct")
      const bytes = await pdfOf()
      const form = await client.documents.presign({ body: { ...announced(bytes.length), timetableName: "My week" } })
      const params = { id: form.documentId }
      assert.deepInclude(await client.documents.status({ params }), { uploadStatus: "pending", jobId: null })
      await refused(client.documents.complete({ params }), "conflict")
      await send(form, bytes)
      const { jobId, status } = await client.documents.complete({ params })
      assert.strictEqual(status, "pending")
      assert.strictEqual((await client.jobs.get({ params: { id: jobId } })).documentId, form.documentId)
      assert.deepInclude(await client.documents.get({ params }), {
        mimeType: "application/pdf",
        fileSize: bytes.length
      })
      await refused(client.documents.complete({ params }), "conflict")
    }))

  it("of something else than was announced is refused with its code, and leaves one row in the audit log alone", () =>
    withServer(async (server) => {
      const { client, id: userId } = await signUp(server, "liar")
      const form = await client.documents.presign({ body: { ...announced(100), fileName: "week.pdf" } })
      await send(form, new TextEncoder().encode("no timetable at all"))
      await refused(client.documents.complete({ params: { id: form.documentId } }), "unsupported_type")
      await refused(client.documents.get({ params: { id: form.documentId } }), "not_found")
      const { audit, stored } = await server.run(
        Effect.gen(function* () {
          const { items } = yield* (yield* AuditLogs).list({ filter: { userId, action: "document.refused" } })
          return { audit: items, stored: yield* (yield* BlobStore).stat(String(form.fields.key)) }
        })
      )
      assert.deepStrictEqual(
        audit.map(({ changes }) => changes),
        [{ code: "unsupported_type" }]
      )
      assert.isTrue(Option.isNone(stored))
    }))

  it("that is too large is not even announced", () =>
    withServer(async (server) => {
      const { client } = await signUp(server, "large")
      await refused(client.documents.presign({ body: announced(26 * 1024 * 1024) }), "file_too_large")
    }))
})
