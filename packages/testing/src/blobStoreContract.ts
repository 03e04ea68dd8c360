import { createHash } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import { BlobError, type BlobFailure, BlobStore, joinBytes, type ReadOptions } from "@timegrid/core"
import { Data, Deferred, Effect, Fiber, type Layer, Option, Stream } from "effect"
import * as fc from "fast-check"

const find = (key: string) => BlobStore.use((blobs) => blobs.find(key))
const put = (key: string, bytes: Uint8Array) => BlobStore.use((blobs) => blobs.put(key, bytes))
const remove = (key: string) => BlobStore.use((blobs) => blobs.remove(key))

const assertFound = Effect.fnUntraced(function* (key: string, expected: Uint8Array | null) {
  const found = Option.getOrNull(yield* find(key))
  // A store may give a Buffer, which is a Uint8Array as well.
  assert.deepStrictEqual(found === null ? null : new Uint8Array(found), expected)
})

const sha256 = (value: Uint8Array) => createHash("sha256").update(value).digest("hex")

/** In parts that fit no one's sizes. */
const inParts = (value: Uint8Array, partBytes = 77_777) =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(value.byteLength / partBytes) }, (_, index) =>
      value.subarray(index * partBytes, (index + 1) * partBytes)
    )
  )

const putStream = (key: string, value: Uint8Array, options?: Parameters<BlobStore["Service"]["putStream"]>[2]) =>
  BlobStore.use((blobs) => blobs.putStream(key, inParts(value), options))

/** What a reader of the open blob gets. */
const read = (key: string, options?: ReadOptions) =>
  Effect.scoped(
    Effect.gen(function* () {
      const blob = Option.getOrThrow(yield* BlobStore.use((blobs) => blobs.open(key, options)))
      return { ...blob, bytes: new Uint8Array(yield* joinBytes(blob.content)) }
    })
  )

const reasonOf = <A, R>(work: Effect.Effect<A, unknown, R>) =>
  Effect.map(Effect.flip(work), (error): BlobFailure["_tag"] => {
    assert.instanceOf(error, BlobError)
    return error.reason._tag
  })

class Torn extends Data.TaggedError("Torn") {}

const largeBlob = () => Uint8Array.from({ length: largeBytes }, (_, index) => (index * 31) % 251)

const bytes = (...values: ReadonlyArray<number>) => Uint8Array.from(values)

const largeBytes = 2_000_000

/** A part of a key, as object stores and file systems alike can hold it. */
const segment = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,30}[a-z0-9]$/).filter((text) => !text.includes(".."))

/** What can be chosen of {@link blobStoreContract}. */
export interface BlobContractOptions {
  /**
   * Whether the server writes over what is there as the bytes come, as no S3 but some of its imitations do: readers may
   * be cut off, and half a blob may stay. Who reads by its checksum must be told. Default false.
   */
  readonly replacesInPlace?: boolean
}

/**
 * The promises that every blob store keeps. Needs `vitest`, `@effect/vitest` and `fast-check`.
 *
 * @example
 * blobStoreContract("memory", MemoryBlobStore.layer)
 */
export const blobStoreContract = <E>(
  name: string,
  store: Layer.Layer<BlobStore, E>,
  { replacesInPlace = false }: BlobContractOptions = {}
): void => {
  /** The bytes, or null for a reader who was told that they are not what was put. */
  const unlessCutOff = <R>(read: Effect.Effect<Uint8Array, BlobError, R>) =>
    replacesInPlace
      ? Effect.catchIf(
          read,
          ({ reason }) => reason._tag === "BlobStoreUnavailable" || reason._tag === "BlobCorrupt",
          () => Effect.succeed(null)
        )
      : read
  /** Under the key lies one of the values, whole; where the server writes in place, whoever asks by checksum is told. */
  const assertOneOf = Effect.fnUntraced(function* (key: string, values: ReadonlyArray<Uint8Array>) {
    const found = yield* Effect.forEach(values, (value) =>
      unlessCutOff(
        BlobStore.use((blobs) =>
          Effect.map(blobs.find(key, replacesInPlace ? { sha256: sha256(value) } : {}), Option.getOrThrow)
        )
      )
    )
    assert.isTrue(found.every((bytes) => bytes === null || values.some((value) => Buffer.compare(bytes, value) === 0)))
  })
  layer(store, { excludeTestServices: true })(`BlobStore contract: ${name}`, (it) => {
    it.effect("nothing is found under a key that nothing was put under", () => assertFound("contract/unknown", null))

    it.effect("bytes of any kind are found as they were put", () =>
      Effect.gen(function* () {
        const service = yield* BlobStore
        const key = fc
          .array(segment, { minLength: 1, maxLength: 4 })
          .map((parts) => `contract/any/${parts.join("/")}.bin`)
        const property = fc.asyncProperty(key, fc.uint8Array({ maxLength: 2_000 }), (key, value) =>
          Effect.gen(function* () {
            yield* put(key, value)
            yield* assertFound(key, value)
            yield* remove(key)
          }).pipe(Effect.provideService(BlobStore, service), Effect.runPromise)
        )
        // One seed, so that a build that passed passes again.
        yield* Effect.promise(() => fc.assert(property, { numRuns: 50, seed: 1 }))
      })
    )

    it.effect("a blob of some megabytes is found whole", () =>
      Effect.gen(function* () {
        const large = largeBlob()
        yield* put("contract/large", large)
        yield* assertFound("contract/large", large)
      })
    )

    it.effect("keys that begin alike are different keys", () =>
      Effect.gen(function* () {
        const keys = ["contract/x/1", "contract/x/10", "contract/x/1.pdf", "contract/xy/1"]
        yield* Effect.forEach(keys, (key, index) => put(key, bytes(index)))
        yield* Effect.forEach(keys, (key, index) => assertFound(key, bytes(index)))
      })
    )

    it.effect("what is put last is what is found", () =>
      Effect.gen(function* () {
        yield* put("contract/twice", bytes(1, 2, 3))
        yield* put("contract/twice", bytes(0))
        yield* assertFound("contract/twice", bytes(0))
      })
    )

    it.effect("what is removed is not found, and removing nothing succeeds", () =>
      Effect.gen(function* () {
        yield* put("contract/removed", bytes(1))
        yield* remove("contract/removed")
        yield* assertFound("contract/removed", null)
        yield* remove("contract/removed")
      })
    )

    it.effect("of two who write at once one wins, whole", () =>
      Effect.gen(function* () {
        const values = [1, 2].map((fill) => new Uint8Array(largeBytes).fill(fill))
        yield* Effect.forEach(values, (value) => put("contract/raced", value), { concurrency: "unbounded" })
        yield* assertOneOf("contract/raced", values)
      })
    )

    it.effect("who is interrupted while writing leaves the old blob or the new one, whole", () =>
      Effect.gen(function* () {
        const [before, after] = [bytes(1), new Uint8Array(largeBytes).fill(2)]
        for (const delayMs of [0, 1, 5]) {
          yield* put("contract/interrupted", before)
          const fiber = yield* Effect.forkChild(put("contract/interrupted", after))
          yield* Effect.sleep(delayMs)
          yield* Fiber.interrupt(fiber)
          yield* assertOneOf("contract/interrupted", [before, after])
        }
      })
    )

    it.effect("a stream is put as a blob, with its size and checksum told", () =>
      Effect.gen(function* () {
        const large = largeBlob()
        for (const [key, value] of Object.entries({ streamed: large, empty: bytes() })) {
          const put = yield* putStream(`contract/${key}`, value)
          assert.deepStrictEqual([put.sizeBytes, put.sha256], [value.byteLength, sha256(value)])
          yield* assertFound(`contract/${key}`, value)
        }
      })
    )

    it.effect("bytes other than those of the checksum are not put, be they whole or a stream", () =>
      Effect.gen(function* () {
        const [key, value] = ["contract/checked", bytes(1, 2, 3)]
        const other = sha256(bytes(4))
        yield* BlobStore.use((blobs) => blobs.put(key, value, { sha256: sha256(value) }))
        yield* putStream(key, value, { sha256: sha256(value) })
        const [whole, streamed] = [
          BlobStore.use((blobs) => blobs.put(key, bytes(9), { sha256: other })),
          putStream(key, largeBlob(), { sha256: other })
        ]
        assert.deepStrictEqual([yield* reasonOf(whole), yield* reasonOf(streamed)], ["BlobCorrupt", "BlobCorrupt"])
        yield* assertFound(key, value)
      })
    )

    it.effect("more bytes than allowed are not put, exactly as many are", () =>
      Effect.gen(function* () {
        const value = largeBlob()
        const options = { maxBytes: largeBytes - 1 }
        assert.strictEqual(yield* reasonOf(putStream("contract/limited", value, options)), "BlobTooLarge")
        yield* assertFound("contract/limited", null)
        yield* putStream("contract/limited", value, { maxBytes: largeBytes })
        yield* assertFound("contract/limited", value)
      })
    )

    it.effect("a stream that fails puts nothing, and its error is the caller's", () =>
      Effect.gen(function* () {
        const torn = Stream.concat(inParts(largeBlob()), Stream.fail(new Torn()))
        const error = yield* Effect.flip(BlobStore.use((blobs) => blobs.putStream("contract/torn", torn)))
        assert.instanceOf(error, Torn)
        yield* assertFound("contract/torn", null)
      })
    )

    it.effect("who is interrupted within a stream puts nothing", () =>
      Effect.gen(function* () {
        const begun = yield* Deferred.make<void>()
        const stuck = Stream.concat(
          inParts(largeBlob()),
          Stream.fromEffectDrain(Effect.andThen(Deferred.succeed(begun, undefined), Effect.never))
        )
        const fiber = yield* Effect.forkChild(BlobStore.use((blobs) => blobs.putStream("contract/stuck", stuck)))
        yield* Deferred.await(begun)
        yield* Fiber.interrupt(fiber)
        yield* assertFound("contract/stuck", null)
      })
    )

    it.effect("an open blob is read in parts to what it was when it was opened", () =>
      Effect.gen(function* () {
        const large = largeBlob()
        yield* put("contract/open", large)
        const found = yield* Effect.scoped(
          Effect.gen(function* () {
            const blob = Option.getOrThrow(yield* BlobStore.use((blobs) => blobs.open("contract/open")))
            yield* put("contract/open", bytes(1))
            assert.strictEqual(blob.sizeBytes, large.byteLength)
            return yield* unlessCutOff(joinBytes(blob.content))
          })
        )
        assert.isTrue(found === null || sha256(found) === sha256(large))
        const missing = yield* Effect.scoped(BlobStore.use((blobs) => blobs.open("contract/never")))
        assert.isTrue(Option.isNone(missing))
      })
    )

    it.effect("who reads by a checksum is told when the bytes are others", () =>
      Effect.gen(function* () {
        const [key, value] = ["contract/verified", bytes(1, 2, 3)]
        yield* put(key, value)
        const [right, wrong] = [{ sha256: sha256(value) }, { sha256: sha256(bytes(4)) }]
        assert.deepStrictEqual((yield* read(key, right)).bytes, value)
        assert.isTrue(Option.isSome(yield* BlobStore.use((blobs) => blobs.find(key, right))))
        assert.strictEqual(yield* reasonOf(read(key, wrong)), "BlobCorrupt")
        assert.strictEqual(yield* reasonOf(BlobStore.use((blobs) => blobs.find(key, wrong))), "BlobCorrupt")
      })
    )

    it.effect("what is known of a blob is its key, its size and when it was put", () =>
      Effect.gen(function* () {
        yield* put("contract/known", bytes(1, 2, 3))
        const known = Option.getOrThrow(yield* BlobStore.use((blobs) => blobs.stat("contract/known")))
        assert.deepStrictEqual([known.key, known.sizeBytes], ["contract/known", 3])
        assert.isBelow(Math.abs(Date.now() - known.modifiedAt.getTime()), 600_000)
        assert.isTrue(Option.isNone(yield* BlobStore.use((blobs) => blobs.stat("contract/unknown"))))
      })
    )

    it.effect("a list holds the blobs whose keys begin so, and no other", () =>
      Effect.gen(function* () {
        const keys = ["list/a/1", "list/a/2", "list/ab", "list/b/c/d", "other/list/a"].map((key) => `contract/${key}`)
        yield* Effect.forEach(keys, (key, index) => put(key, new Uint8Array(index)))
        yield* put("contract/list/a/removed", bytes(1))
        yield* remove("contract/list/a/removed")
        const listed = (prefix: string) =>
          Effect.map(
            Stream.runCollect(Stream.unwrap(BlobStore.use((blobs) => Effect.succeed(blobs.list(prefix))))),
            (found) => found.map(({ key, sizeBytes }) => [key, sizeBytes] as const).sort(([a], [b]) => (a < b ? -1 : 1))
          )
        const expected = (prefix: string) =>
          keys.map((key, index) => [key, index] as const).filter(([key]) => key.startsWith(prefix))
        for (const prefix of [
          "contract/list/",
          "contract/list/a",
          "contract/list/a/",
          "contract/list/zz",
          "contract/other"
        ]) {
          assert.deepStrictEqual(yield* listed(prefix), expected(prefix))
        }
      })
    )

    it.effect("keys in any writing are kept apart and listed as they were given", () =>
      Effect.gen(function* () {
        const names = [
          "A",
          "a",
          "é",
          "e\u0301",
          "a b",
          "a%20b",
          "a+b",
          "~",
          ".hidden",
          "&=?#",
          "日本",
          "\u{1f4c5}",
          "con",
          "x."
        ]
        const keys = names.map((name) => `contract/writing/${name}/x`)
        yield* Effect.forEach(keys, (key, index) => put(key, bytes(index)))
        yield* Effect.forEach(keys, (key, index) => assertFound(key, bytes(index)))
        const listed = yield* Stream.runCollect(
          Stream.unwrap(BlobStore.use((blobs) => Effect.succeed(blobs.list("contract/writing/"))))
        )
        assert.deepStrictEqual(listed.map(({ key }) => key).sort(), keys.toSorted())
      })
    )

    it.effect("a key that leads elsewhere is refused, and nothing is found under it", () =>
      Effect.gen(function* () {
        const hostile = [
          "",
          "/etc/passwd",
          "../up",
          "a/../../up",
          "a//b",
          "a/",
          ".",
          "a\\b",
          "a\0b",
          "a\nb",
          "\ud800",
          "x".repeat(513)
        ]
        for (const key of hostile) {
          assert.strictEqual(yield* reasonOf(put(key, bytes(1))), "BlobRefused", JSON.stringify(key))
          assert.strictEqual(yield* reasonOf(putStream(key, bytes(1))), "BlobRefused", JSON.stringify(key))
          yield* assertFound(key, null)
        }
      })
    )

    it.effect("of two streams at once one wins, whole", () =>
      Effect.gen(function* () {
        const values = [1, 2].map((fill) => new Uint8Array(largeBytes).fill(fill))
        yield* Effect.forEach(values, (value) => putStream("contract/raced-streams", value), {
          concurrency: "unbounded"
        })
        yield* assertOneOf("contract/raced-streams", values)
      })
    )

    it.effect("a sweep leaves what was put", () =>
      Effect.gen(function* () {
        yield* put("contract/swept", bytes(1))
        yield* BlobStore.use((blobs) => blobs.sweep("0 seconds"))
        yield* assertFound("contract/swept", bytes(1))
      })
    )

    it.effect("where versions are kept each is found and removed alone; where they are not there are none", () =>
      Effect.gen(function* () {
        const blobs = yield* BlobStore
        const key = "contract/versions"
        const versions = [yield* blobs.put(key, bytes(1)), yield* blobs.put(key, bytes(2))].map((put) => put.versionId)
        if (!blobs.capabilities.has("versions")) return assert.deepStrictEqual(versions, [null, null])
        const [first, second] = versions
        const byteOf = (versionId: string | null | undefined) =>
          Effect.map(blobs.find(key, { versionId }), (found) => Option.getOrNull(found)?.[0] ?? null)
        assert.deepStrictEqual([yield* byteOf(first), yield* byteOf(second), yield* byteOf(null)], [1, 2, 2])
        assert.strictEqual((yield* read(key, { versionId: first })).bytes[0], 1)
        yield* blobs.remove(key)
        assert.deepStrictEqual([yield* byteOf(first), yield* byteOf(second), yield* byteOf(null)], [1, 2, null])
        yield* blobs.remove(key, { versionId: first })
        assert.deepStrictEqual([yield* byteOf(first), yield* byteOf(second)], [null, 2])
      })
    )

    it.effect("a client can fetch and send by a presigned address, or the store says that it cannot", () =>
      Effect.gen(function* () {
        const blobs = yield* BlobStore
        const key = "contract/presigned"
        const options = { expiresIn: "5 minutes", maxBytes: 10 } as const
        const send = (value: Uint8Array<ArrayBuffer>) =>
          Effect.flatMap(blobs.presignPost(key, options), ({ fields, url }) =>
            Effect.promise(() => {
              const form = new FormData()
              for (const [name, value] of Object.entries(fields)) form.append(name, value)
              form.append("file", new Blob([value]))
              return fetch(url, { method: "POST", body: form })
            })
          )
        const sent = bytes(5, 6)
        if (blobs.capabilities.has("presignedPost")) {
          assert.isTrue((yield* send(sent)).ok)
          yield* assertFound(key, sent)
          if (blobs.capabilities.has("postSizeRange")) {
            assert.isFalse((yield* send(new Uint8Array(11))).ok)
            yield* assertFound(key, sent)
          }
        } else {
          assert.strictEqual(yield* reasonOf(blobs.presignPost(key, options)), "BlobUnsupported")
          yield* put(key, sent)
        }
        if (blobs.capabilities.has("presignedGet")) {
          const url = yield* blobs.presignGet(key, { ...options, fileName: 'A "name" – é.pdf' })
          const fetched = yield* Effect.promise(async () => new Uint8Array(await (await fetch(url)).arrayBuffer()))
          assert.deepStrictEqual(fetched, sent)
        } else {
          assert.strictEqual(yield* reasonOf(blobs.presignGet(key, options)), "BlobUnsupported")
        }
      })
    )
  })
}
