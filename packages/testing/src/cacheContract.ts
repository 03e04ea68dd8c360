import { assert, layer } from "@effect/vitest"
import { Cache } from "@timegrid/core"
import { Duration, Effect, type Layer, Option } from "effect"
import { TestClock } from "effect/testing"
import * as fc from "fast-check"

/** How one cache's contract is run. */
export interface CacheContractOptions<R = never> {
  /** Lets this much time pass for the cache. Default: the test clock is moved on, for caches that go by Effect's. */
  readonly passTime?: (duration: Duration.Duration) => Effect.Effect<void, never, R>
}

const find = (key: string) => Cache.use((cache) => cache.find(key))
const put = (key: string, value: Uint8Array, lifetime: Duration.Input = "1 minute") =>
  Cache.use((cache) => cache.put(key, value, lifetime))
const remove = (key: string) => Cache.use((cache) => cache.remove(key))

const assertFound = Effect.fnUntraced(function* (key: string, expected: Uint8Array | null) {
  const found = Option.getOrNull(yield* find(key))
  // A store may give a Buffer, which is a Uint8Array as well.
  assert.deepStrictEqual(found === null ? null : new Uint8Array(found), expected)
})

const bytes = (...values: ReadonlyArray<number>) => Uint8Array.from(values)

/**
 * The promises that every cache keeps. Lifetimes in it are seconds and minutes: a cache whose time cannot be moved on by
 * `passTime` takes as long. Needs `vitest`, `@effect/vitest` and `fast-check`.
 *
 * @example
 * cacheContract("memory", MemoryCache.layer())
 */
export const cacheContract = <E, R = never>(
  name: string,
  cache: Layer.Layer<Cache | R, E>,
  { passTime = (duration) => TestClock.adjust(duration) }: CacheContractOptions<R> = {}
): void => {
  layer(cache)(`Cache contract: ${name}`, (it) => {
    it.effect("nothing is found under a key that nothing was put under", () => assertFound("contract:unknown", null))

    it.effect("bytes of any kind are found as they were put, under any key", () =>
      Effect.gen(function* () {
        const service = yield* Cache
        const key = fc.string({ minLength: 1, maxLength: 80, unit: "grapheme" }).map((text) => `contract:any:${text}`)
        const property = fc.asyncProperty(key, fc.uint8Array({ maxLength: 2_000 }), (key, value) =>
          Effect.gen(function* () {
            yield* put(key, value)
            yield* assertFound(key, value)
          }).pipe(Effect.provideService(Cache, service), Effect.runPromise)
        )
        // One seed, so that a build that passed passes again.
        yield* Effect.promise(() => fc.assert(property, { numRuns: 50, seed: 1 }))
      })
    )

    it.effect("keys that begin alike are different keys", () =>
      Effect.gen(function* () {
        const keys = ["contract:a", "contract:a:b", "contract:a:B", "contract:a:b:"]
        yield* Effect.forEach(keys, (key, index) => put(key, bytes(index)))
        yield* Effect.forEach(keys, (key, index) => assertFound(key, bytes(index)))
      })
    )

    it.effect("what is put last is what is found", () =>
      Effect.gen(function* () {
        yield* put("contract:twice", bytes(1, 2, 3))
        yield* put("contract:twice", bytes(0))
        yield* assertFound("contract:twice", bytes(0))
      })
    )

    it.effect("what is removed is not found, and removing nothing succeeds", () =>
      Effect.gen(function* () {
        yield* put("contract:removed", bytes(1))
        yield* remove("contract:removed")
        yield* assertFound("contract:removed", null)
        yield* remove("contract:removed")
      })
    )

    it.effect("a value is found until its lifetime is over, and not after", () =>
      Effect.gen(function* () {
        yield* put("contract:short", bytes(1), "10 seconds")
        yield* put("contract:long", bytes(2), "30 days")
        yield* passTime(Duration.seconds(8))
        yield* assertFound("contract:short", bytes(1))
        yield* passTime(Duration.seconds(3))
        yield* assertFound("contract:short", null)
        yield* assertFound("contract:long", bytes(2))
      })
    )

    it.effect("a lifetime counts from when the value was last put, not from when it was found", () =>
      Effect.gen(function* () {
        yield* put("contract:renewed", bytes(1), "10 seconds")
        yield* put("contract:read", bytes(1), "10 seconds")
        yield* passTime(Duration.seconds(6))
        yield* put("contract:renewed", bytes(2), "10 seconds")
        yield* assertFound("contract:read", bytes(1))
        yield* passTime(Duration.seconds(6))
        yield* assertFound("contract:renewed", bytes(2))
        yield* assertFound("contract:read", null)
      })
    )

    it.effect("of two who write at once one wins, whole", () =>
      Effect.gen(function* () {
        const values = [1, 2].map((fill) => new Uint8Array(300_000).fill(fill))
        yield* Effect.forEach(values, (value) => put("contract:raced", value), { concurrency: "unbounded" })
        const found = new Uint8Array(Option.getOrThrow(yield* find("contract:raced")))
        assert.isTrue(values.some((value) => Buffer.compare(found, value) === 0))
      })
    )
  })
}
