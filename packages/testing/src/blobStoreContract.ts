import { assert, layer } from "@effect/vitest"
import { BlobStore } from "@timegrid/core"
import { Effect, Fiber, type Layer, Option } from "effect"
import * as fc from "fast-check"

const find = (key: string) => BlobStore.use((blobs) => blobs.find(key))
const put = (key: string, bytes: Uint8Array) => BlobStore.use((blobs) => blobs.put(key, bytes))
const remove = (key: string) => BlobStore.use((blobs) => blobs.remove(key))

const assertFound = Effect.fnUntraced(function* (key: string, expected: Uint8Array | null) {
  const found = Option.getOrNull(yield* find(key))
  // A store may give a Buffer, which is a Uint8Array as well.
  assert.deepStrictEqual(found === null ? null : new Uint8Array(found), expected)
})

const bytes = (...values: ReadonlyArray<number>) => Uint8Array.from(values)

const largeBytes = 2_000_000

/** A part of a key, as object stores and file systems alike can hold it. */
const segment = fc.stringMatching(/^[a-z0-9][a-z0-9_.-]{0,30}[a-z0-9]$/).filter((text) => !text.includes(".."))

/**
 * The promises that every blob store keeps. Needs `vitest`, `@effect/vitest` and `fast-check`.
 *
 * @example
 * blobStoreContract("memory", MemoryBlobStore.layer)
 */
export const blobStoreContract = <E>(name: string, store: Layer.Layer<BlobStore, E>): void => {
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
        const large = Uint8Array.from({ length: largeBytes }, (_, index) => (index * 31) % 251)
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
        const found = new Uint8Array(Option.getOrThrow(yield* find("contract/raced")))
        assert.isTrue(values.some((value) => Buffer.compare(found, value) === 0))
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
          const found = new Uint8Array(Option.getOrThrow(yield* find("contract/interrupted")))
          assert.isTrue([before, after].some((value) => Buffer.compare(found, value) === 0))
        }
      })
    )
  })
}
