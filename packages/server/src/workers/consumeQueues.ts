/** A worker: takes jobs from queues, one after the other, until its scope closes. */
import { hostname } from "node:os"
import { type QueueName, stageQueues } from "@timegrid/core"
import { JobStore, type JobStoreError, WakeUps } from "@timegrid/core/queue"
import { Effect, Option } from "effect"
import { leaseFor, workOn } from "./workOn.ts"

/** The queues of stages; what people are told of goes another way. */
export const workQueues: ReadonlyArray<QueueName> = [
  ...new Set(Object.values(stageQueues).filter((queue) => queue !== null))
]

/** What a worker serves. */
export interface WorkerOptions {
  /** Default all queues of stages. */
  readonly queues?: ReadonlyArray<QueueName> | undefined
  /** Jobs of a queue at once. Default 1. */
  readonly concurrency?: number | undefined
}

/** Works on jobs from now on; when the scope closes, what is under way is seen to an end or handed back. */
export const consumeQueues = Effect.fn("consumeQueues")(function* ({
  concurrency = 1,
  queues = workQueues
}: WorkerOptions = {}) {
  const wakeUps = yield* WakeUps
  const owner = `${hostname()}:${process.pid}`
  yield* Effect.forEach(queues, (queue) =>
    wakeUps.consume(queue, (jobId) => takeJob(queue, owner, Option.getOrUndefined(jobId)), { concurrency })
  )
})

/** Claims a job and works on it; the result is whether there was one. */
const takeJob = Effect.fn("takeJob")(
  function* (queue: QueueName, owner: string, jobId: string | undefined) {
    const jobs = yield* JobStore
    const claimed = yield* jobs.claim(queue, { owner, leaseFor, jobId })
    if (Option.isNone(claimed)) return false
    const { lease } = claimed.value
    const handBack = Effect.ignore(jobs.release(lease, { queue }))
    yield* workOn(claimed.value).pipe(
      Effect.onInterrupt(() => handBack),
      Effect.catchIf(isLeaseLost, () => Effect.void)
    )
    return true
  },
  Effect.catch((error) => Effect.as(Effect.logWarning("A job could not be worked on", error), false))
)

const isLeaseLost = (error: { readonly _tag: string }): boolean =>
  error._tag === "JobStoreError" && (error as JobStoreError).reason._tag === "LeaseLost"
