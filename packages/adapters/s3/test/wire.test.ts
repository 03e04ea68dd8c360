import { BlobRefused, BlobStoreUnavailable } from "@timegrid/core"
import { S3BlobStore } from "@timegrid/s3"
import { Deferred, Effect, Fiber, Option, Redacted, type Scope, Stream } from "effect"
import { afterEach, assert, describe, it } from "vitest"
import { type Asked, type Said, wireServer } from "./wireServer.ts"

let server: Awaited<ReturnType<typeof wireServer>>

afterEach(() => server.close())

const credentials = { accessKeyId: "key", secretAccessKey: Redacted.make("secret") }

const store = async (
  answer: (asked: Asked) => Said | null,
  options: Partial<Parameters<typeof S3BlobStore.make>[0]> = {}
) => {
  server = await wireServer(answer)
  return S3BlobStore.make({ bucket: "bucket", endpoint: server.url, credentials, ...options })
}

const run = <A, E>(work: Effect.Effect<A, E, Scope.Scope>) => Effect.runPromise(Effect.scoped(work))

const asks = () => server.asked.map(({ method, url }) => `${method} ${url}`)

const megabytes = (count: number) => Stream.fromIterable(Array.from({ length: count }, () => new Uint8Array(1_048_576)))

/** Parts are taken; what begins and ends an upload is told by its query. */
const multipart = ({ method, url }: Asked): Said => {
  if (method === "POST" && url.includes("?uploads")) {
    return { body: "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>" }
  }
  if (method === "POST") {
    const body = "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>"
    return { headers: { "x-amz-version-id": "v9" }, body }
  }
  return method === "DELETE" ? { status: 204 } : { headers: { etag: '"e"' } }
}

describe("S3BlobStore at the wire", () => {
  it("names the bucket in the path and sends no checksum that other servers do not know", async () => {
    const blobs = await store(() => ({}))
    await run(
      Effect.flatMap(blobs, (store) => store.put("a b/é.pdf", new Uint8Array([1, 2]), { contentType: "text/x" }))
    )
    const [put] = server.asked
    assert.strictEqual(put?.url.split("?")[0], "/bucket/a%20b/%C3%A9.pdf")
    assert.strictEqual(put?.headers["content-type"], "text/x")
    assert.strictEqual(put?.body.length, 2)
    assert.deepStrictEqual(
      Object.keys(put?.headers ?? {}).filter((name) => name.includes("checksum")),
      []
    )
  })

  it("tells the version of what was put, and reads, looks at and removes that version", async () => {
    const blobs = await store(() => ({ headers: { "x-amz-version-id": "v1" }, body: "" }))
    const versionId = await run(
      Effect.gen(function* () {
        const store = yield* blobs
        const { versionId } = yield* store.put("key", new Uint8Array([1]))
        yield* store.find("key", { versionId })
        yield* store.stat("key", { versionId })
        yield* store.remove("key", { versionId })
        assert.include(yield* store.presignGet("key", { versionId, expiresIn: "1 minute" }), "versionId=v1")
        return versionId
      })
    )
    assert.strictEqual(versionId, "v1")
    const pinned = server.asked.slice(1)
    assert.deepStrictEqual(
      pinned.map(({ method }) => method),
      ["GET", "HEAD", "DELETE"]
    )
    assert.isTrue(pinned.every(({ url }) => new URLSearchParams(url.split("?")[1]).get("versionId") === "v1"))
  })

  it("sends a long stream in parts and tells its version", async () => {
    const blobs = await store(multipart)
    const put = await run(Effect.flatMap(blobs, (store) => store.putStream("long", megabytes(11))))
    assert.deepStrictEqual([put.sizeBytes, put.versionId], [11 * 1_048_576, "v9"])
    const parts = server.asked.filter(({ method }) => method === "PUT").map(({ body }) => body.length)
    assert.deepStrictEqual(parts.toSorted(), [1_048_576, 5_242_880, 5_242_880])
  })

  it("aborts the upload of a stream that fails, is too long, or has another checksum", async () => {
    const attempts = [
      [Stream.concat(megabytes(11), Stream.fail("torn")), {}],
      [megabytes(11), { maxBytes: 10_000_000 }],
      [megabytes(11), { sha256: "0".repeat(64) }]
    ] as const
    for (const [content, options] of attempts) {
      const blobs = await store(multipart)
      await run(Effect.flip(Effect.flatMap(blobs, (store) => store.putStream("long", content, options))))
      assert.isTrue(asks().at(-1)?.startsWith("DELETE /bucket/long"), asks().join("\n"))
      assert.isFalse(asks().some((asked) => asked.startsWith("POST") && asked.includes("uploadId")))
      server.close()
    }
  })

  it("has aborted an upload when its interruption is over, though the stream is stuck", async () => {
    const blobs = await store(multipart)
    await run(
      Effect.gen(function* () {
        const store = yield* blobs
        const begun = yield* Deferred.make<void>()
        const stuck = Stream.concat(
          megabytes(7),
          Stream.fromEffectDrain(Effect.andThen(Deferred.succeed(begun, undefined), Effect.never))
        )
        const fiber = yield* Effect.forkChild(store.putStream("stuck", stuck))
        yield* Deferred.await(begun)
        yield* Fiber.interrupt(fiber)
        assert.isTrue(asks().at(-1)?.startsWith("DELETE /bucket/stuck"), asks().join("\n"))
      })
    )
  })

  it("signs a policy that holds the key, the type and the range of sizes until it expires", async () => {
    const blobs = await store(() => ({}))
    const options = { minBytes: 1, maxBytes: 2, contentType: "application/pdf", expiresIn: "10 minutes" } as const
    const { fields, url } = await run(Effect.flatMap(blobs, (store) => store.presignPost("k.pdf", options)))
    assert.strictEqual(new URL(url).pathname.replace(/\/$/, ""), "/bucket")
    const policy = JSON.parse(Buffer.from(fields.Policy ?? "", "base64").toString())
    assert.deepInclude(policy.conditions, ["content-length-range", 1, 2])
    assert.deepInclude(policy.conditions, { key: "k.pdf" })
    assert.deepInclude(policy.conditions, { "Content-Type": "application/pdf" })
    assert.closeTo(new Date(policy.expiration).getTime() - Date.now(), 600_000, 10_000)
  })

  it("ends the uploads that writers have left, page by page, and no younger ones", async () => {
    const page = (uploads: string, more = "") => ({
      body: `<ListMultipartUploadsResult>${more}${uploads}</ListMultipartUploadsResult>`
    })
    const left = (id: string, initiated: Date) =>
      `<Upload><Key>k</Key><UploadId>${id}</UploadId><Initiated>${initiated.toISOString()}</Initiated></Upload>`
    const truncated =
      "<IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker><NextUploadIdMarker>old</NextUploadIdMarker>"
    const blobs = await store(({ method, url }) => {
      if (method === "DELETE") return { status: 204 }
      if (!url.includes("key-marker")) return page(left("old", new Date(0)), truncated)
      return page(left("new", new Date()) + left("older", new Date(0)))
    })
    assert.strictEqual(await run(Effect.flatMap(blobs, (store) => store.sweep("1 day"))), 2)
    const aborted = asks().filter((asked) => asked.startsWith("DELETE"))
    assert.deepStrictEqual(
      aborted.map((asked) => /uploadId=(\w+)/.exec(asked)?.[1]),
      ["old", "older"]
    )
  })

  it("tells what would be refused again from what may pass", async () => {
    const reasonAt = async (status: number, code: string) => {
      const blobs = await store(() => ({ status, body: `<Error><Code>${code}</Code></Error>` }))
      const { reason } = await run(Effect.flip(Effect.flatMap(blobs, (store) => store.find("key"))))
      server.close()
      return reason
    }
    assert.instanceOf(await reasonAt(403, "AccessDenied"), BlobRefused)
    assert.instanceOf(await reasonAt(404, "NoSuchBucket"), BlobRefused)
    assert.instanceOf(await reasonAt(503, "SlowDown"), BlobStoreUnavailable)
    const blobs = await store(() => ({ status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" }))
    assert.isTrue(Option.isNone(await run(Effect.flatMap(blobs, (store) => store.find("key")))))
    const gone = S3BlobStore.make({ bucket: "bucket", endpoint: "http://127.0.0.1:1", credentials })
    const { reason } = await run(Effect.flip(Effect.flatMap(gone, (store) => store.put("key", new Uint8Array(1)))))
    assert.instanceOf(reason, BlobStoreUnavailable)
  })
})
