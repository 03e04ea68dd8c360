import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import { RateLimiter } from "@timegrid/core/rate-limit"
import { Duration, Effect, type Layer } from "effect"
import { TestClock } from "effect/testing"

/** How one limiter's contract is run. */
export interface RateLimiterContractOptions {
  /** Lets this much time pass for the limiter. Default: the test clock is moved on, for those that go by Effect's. */
  readonly passTime?: (duration: Duration.Duration) => Effect.Effect<void>
}

const upload = "/api/v1/documents/upload"
const hourMs = 3_600_000

/**
 * The promises that every rate limiter keeps. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * rateLimiterContract("memory", MemoryRateLimiter.layer)
 */
export const rateLimiterContract = <E>(
  name: string,
  limiter: Layer.Layer<RateLimiter, E>,
  { passTime = (duration) => TestClock.adjust(duration) }: RateLimiterContractOptions = {}
): void => {
  const take = (userId: string, limit: number, endpoint = upload, window?: Duration.Input) =>
    RateLimiter.use((service) => service.take({ userId, endpoint, limit, window }))

  layer(limiter)(`RateLimiter contract: ${name}`, (it) => {
    it.effect("as many requests are allowed as the limit says, and it is told how many are left", () =>
      Effect.gen(function* () {
        const userId = randomUUID()
        const decisions = yield* Effect.forEach(Array.from({ length: 4 }), () => take(userId, 3))
        assert.deepStrictEqual(
          decisions.map(({ isAllowed, limit, remaining }) => [isAllowed, limit, remaining]),
          [
            [true, 3, 2],
            [true, 3, 1],
            [true, 3, 0],
            [false, 3, 0]
          ]
        )
      })
    )

    it.effect("of 1,000 requests at once exactly 100 are allowed at a limit of 100", () =>
      Effect.gen(function* () {
        const userId = randomUUID()
        const decisions = yield* Effect.forEach(Array.from({ length: 1_000 }), () => take(userId, 100), {
          concurrency: "unbounded"
        })
        assert.lengthOf(
          decisions.filter(({ isAllowed }) => isAllowed),
          100
        )
      })
    )

    it.effect("each user and each endpoint is counted alone", () =>
      Effect.gen(function* () {
        const userId = randomUUID()
        assert.isTrue((yield* take(userId, 1)).isAllowed)
        assert.isFalse((yield* take(userId, 1)).isAllowed)
        assert.isTrue((yield* take(userId, 1, "/api/v1/jobs")).isAllowed)
        assert.isTrue((yield* take(randomUUID(), 1)).isAllowed)
      })
    )

    it.effect("a window is an hour from its first request, however many are refused meanwhile", () =>
      Effect.gen(function* () {
        const userId = randomUUID()
        const { resetMs } = yield* take(userId, 1)
        assert.isAtMost(resetMs, hourMs)
        assert.isAbove(resetMs, hourMs - 60_000)
        yield* passTime(Duration.minutes(50))
        const refused = yield* take(userId, 1)
        assert.isFalse(refused.isAllowed)
        assert.isAtMost(refused.resetMs, hourMs / 6)
        assert.isAbove(refused.resetMs, hourMs / 6 - 60_000)
        yield* passTime(Duration.minutes(11))
        assert.isTrue((yield* take(userId, 1)).isAllowed)
      })
    )

    it.effect("a window may be shorter, and a limit that is raised counts at once", () =>
      Effect.gen(function* () {
        const userId = randomUUID()
        yield* take(userId, 1, upload, "1 minute")
        assert.isFalse((yield* take(userId, 1, upload, "1 minute")).isAllowed)
        assert.deepStrictEqual((yield* take(userId, 5, upload, "1 minute")).remaining, 3)
        yield* passTime(Duration.seconds(61))
        assert.strictEqual((yield* take(userId, 1, upload, "1 minute")).remaining, 0)
      })
    )

    it.effect("a limit of none lets nothing through", () =>
      Effect.gen(function* () {
        assert.isFalse((yield* take(randomUUID(), 0)).isAllowed)
      })
    )
  })
}
