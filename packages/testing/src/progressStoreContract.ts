import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import type { JobProgress } from "@timegrid/core"
import { ProgressStore } from "@timegrid/core/realtime"
import { Duration, Effect, type Layer, Option } from "effect"
import { TestClock } from "effect/testing"

/** How one store's contract is run. */
export interface ProgressStoreContractOptions {
  /** Lets this much time pass for the store. Default: the test clock is moved on, for stores that go by Effect's. */
  readonly passTime?: (duration: Duration.Duration) => Effect.Effect<void>
}

const put = (jobId: string, progress: JobProgress) => ProgressStore.use((store) => store.put(jobId, progress))
const find = (jobId: string) =>
  Effect.map(
    ProgressStore.use((store) => store.find(jobId)),
    Option.getOrNull
  )

/**
 * The promises that every store of progress keeps. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * progressStoreContract("memory", MemoryProgressStore.layer)
 */
export const progressStoreContract = <E>(
  name: string,
  store: Layer.Layer<ProgressStore, E>,
  { passTime = (duration) => TestClock.adjust(duration) }: ProgressStoreContractOptions = {}
): void => {
  layer(store)(`ProgressStore contract: ${name}`, (it) => {
    it.effect("nothing is found of a job that nothing was told of", () =>
      Effect.gen(function* () {
        assert.isNull(yield* find(randomUUID()))
      })
    )

    it.effect("what was told is found, numbers as numbers, and further texts with it", () =>
      Effect.gen(function* () {
        const jobId = randomUUID()
        const progress = {
          status: "ocr",
          stage: "ocr",
          progress: 42.5,
          confidence: 99.25,
          page: "3 de 8, à l'été"
        } as const
        yield* put(jobId, progress)
        assert.deepStrictEqual(yield* find(jobId), progress)
      })
    )

    it.effect("what is told replaces all that was told before", () =>
      Effect.gen(function* () {
        const jobId = randomUUID()
        yield* put(jobId, { status: "ocr", stage: "ocr", progress: 40, confidence: 90, page: "3" })
        yield* put(jobId, { status: "completed", progress: 100 })
        assert.deepStrictEqual(yield* find(jobId), { status: "completed", progress: 100 })
      })
    )

    it.effect("it is forgotten 7 days after it was last told, and not before", () =>
      Effect.gen(function* () {
        const jobId = randomUUID()
        yield* put(jobId, { status: "pending", progress: 0 })
        yield* passTime(Duration.days(5))
        yield* put(jobId, { status: "ocr", progress: 10 })
        yield* passTime(Duration.days(6))
        assert.strictEqual((yield* find(jobId))?.status, "ocr")
        yield* passTime(Duration.days(2))
        assert.isNull(yield* find(jobId))
      })
    )

    it.effect("what is removed is gone, and removing nothing succeeds", () =>
      Effect.gen(function* () {
        const jobId = randomUUID()
        yield* put(jobId, { status: "pending", progress: 0 })
        yield* ProgressStore.use((service) => service.remove(jobId))
        assert.isNull(yield* find(jobId))
        yield* ProgressStore.use((service) => service.remove(jobId))
      })
    )

    it.effect("what is no progress is refused, and what was told before stays", () =>
      Effect.gen(function* () {
        const jobId = randomUUID()
        yield* put(jobId, { status: "ocr", progress: 10 })
        for (const wrong of [
          { status: "ocr", progress: 101 },
          { status: "ocr", progress: 20, page: 3 }
        ] as const) {
          const error = yield* Effect.flip(put(jobId, wrong))
          assert.strictEqual(error.reason._tag, "RealtimeInvalid")
        }
        assert.strictEqual((yield* find(jobId))?.progress, 10)
      })
    )
  })
}
