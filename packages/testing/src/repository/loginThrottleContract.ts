import { assert, type Vitest } from "@effect/vitest"
import { LoginThrottle, type RepositoryServices } from "@timegrid/core/repository"
import { Effect } from "effect"
import { assertFailsAs } from "./failures.ts"
import { unlike } from "./given.ts"

const policy = { freeFailures: 2, firstLock: "10 seconds", longestLock: "30 seconds" } as const

/** The promises of `LoginThrottle`. */
export const loginThrottleContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  it.effect("failures lock a key for longer each time, up to a limit, when the free ones are used up", () =>
    Effect.gen(function* () {
      const throttle = yield* LoginThrottle
      const key = unlike()
      const limits = [0, 0, 10, 20, 30, 30]
      for (const [index, seconds] of limits.entries()) {
        const { failures, lockedMs } = yield* throttle.recordFailure(key, policy)
        assert.strictEqual(failures, index + 1)
        assert.isAtMost(lockedMs, seconds * 1000)
        // Time has passed since on the store's clock, though not much.
        assert.isAtLeast(lockedMs, seconds * 1000 * 0.5)
      }
      const { failures, lockedMs } = yield* throttle.check(key)
      assert.strictEqual(failures, limits.length)
      assert.isAbove(lockedMs, 10_000)
    })
  )

  it.effect("a lock ends, and a key that went well or never failed has none", () =>
    Effect.gen(function* () {
      const throttle = yield* LoginThrottle
      const key = unlike()
      assert.deepStrictEqual(yield* throttle.check(key), { failures: 0, lockedMs: 0 })
      yield* throttle.recordFailure(key, { freeFailures: 0, firstLock: "2 millis" })
      yield* Effect.sleep("10 millis")
      assert.deepStrictEqual(yield* throttle.check(key), { failures: 1, lockedMs: 0 })
      yield* throttle.recordFailure(key, policy)
      yield* throttle.clear(key)
      assert.deepStrictEqual(yield* throttle.check(key), { failures: 0, lockedMs: 0 })
    })
  )

  it.effect("of failures that come at once none is lost", () =>
    Effect.gen(function* () {
      const throttle = yield* LoginThrottle
      const key = unlike()
      yield* Effect.replicateEffect(throttle.recordFailure(key, policy), 20, { concurrency: "unbounded" })
      assert.strictEqual((yield* throttle.check(key)).failures, 20)
    })
  )

  it.effect("failures are forgotten when the first of them is old", () =>
    Effect.gen(function* () {
      const throttle = yield* LoginThrottle
      const key = unlike()
      const forgetful = { ...policy, memory: "5 millis" } as const
      yield* throttle.recordFailure(key, forgetful)
      yield* Effect.sleep("20 millis")
      assert.strictEqual((yield* throttle.recordFailure(key, forgetful)).failures, 1)
    })
  )

  it.effect("old keys are removed, unless they are locked", () =>
    Effect.gen(function* () {
      const throttle = yield* LoginThrottle
      const [free, locked] = [unlike(), unlike()]
      yield* throttle.recordFailure(free, policy)
      yield* throttle.recordFailure(locked, { freeFailures: 0, firstLock: "1 hour", longestLock: "1 hour" })
      assert.strictEqual(yield* throttle.removeOlder("1 day"), 0)
      yield* Effect.sleep("5 millis")
      assert.isAtLeast(yield* throttle.removeOlder("1 millis"), 1)
      assert.strictEqual((yield* throttle.check(free)).failures, 0)
      assert.strictEqual((yield* throttle.check(locked)).failures, 1)
    })
  )

  it.effect("a key that no row can hold is refused", () =>
    Effect.gen(function* () {
      const throttle = yield* LoginThrottle
      for (const key of ["", "k".repeat(256), "a\0b", "\ud800"]) {
        yield* assertFailsAs("RowInvalid", throttle.check(key))
        yield* assertFailsAs("RowInvalid", throttle.recordFailure(key))
        yield* assertFailsAs("RowInvalid", throttle.clear(key))
      }
    })
  )
}
