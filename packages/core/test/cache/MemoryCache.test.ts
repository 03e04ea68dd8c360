import { assert, describe, it } from "@effect/vitest"
import { MemoryCache } from "@timegrid/core"
import { Effect, Option } from "effect"

const hundred = new Uint8Array(100)

describe("MemoryCache", () => {
  it.effect("forgets what was not asked for the longest when it is full", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make({ maxBytes: 250 })
      yield* cache.put("a", hundred, "1 hour")
      yield* cache.put("b", hundred, "1 hour")
      yield* cache.find("a")
      yield* cache.put("c", hundred, "1 hour")
      const isThere = yield* Effect.forEach(["a", "b", "c"], (key) => Effect.map(cache.find(key), Option.isSome))
      assert.deepStrictEqual(isThere, [true, false, true])
    })
  )

  it.effect("does not count what was replaced or removed", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make({ maxBytes: 250 })
      yield* cache.put("a", hundred, "1 hour")
      for (let times = 0; times < 5; times++) yield* cache.put("b", hundred, "1 hour")
      yield* cache.put("c", hundred, "1 hour")
      yield* cache.remove("c")
      yield* cache.remove("c")
      assert.isTrue(Option.isSome(yield* cache.find("b")))
      yield* cache.put("d", hundred, "1 hour")
      assert.isTrue(Option.isSome(yield* cache.find("b")))
    })
  )

  it.effect("does not keep what is larger than all that it may hold", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make({ maxBytes: 99 })
      yield* cache.put("a", hundred, "1 hour")
      assert.isTrue(Option.isNone(yield* cache.find("a")))
      yield* cache.put("b", hundred.subarray(1), "1 hour")
      assert.isTrue(Option.isSome(yield* cache.find("b")))
    })
  )
})
