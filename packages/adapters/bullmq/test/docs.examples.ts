import { JobStore, WakeUps } from "@timegrid/core/queue"
import { Effect, Option } from "effect"
import { BullWakeUps } from "../src/index.ts"

/** The README's sample. */
export const oneWorker = () => {
  const worker = Effect.gen(function* () {
    const jobs = yield* JobStore
    const { consume } = yield* WakeUps
    yield* consume(
      "ocr-queue",
      (jobId) =>
        Effect.gen(function* () {
          const claim = { owner: "worker-1", leaseFor: "1 minute", jobId: Option.getOrUndefined(jobId) } as const
          const claimed = yield* Effect.orDie(jobs.claim("ocr-queue", claim))
          return Option.isSome(claimed)
        }),
      { concurrency: 4 }
    )
  })
  const wakeUps = BullWakeUps.layer({ url: "redis://127.0.0.1:6379" })
  return Effect.provide(worker, wakeUps)
}
