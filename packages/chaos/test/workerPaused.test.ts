import { assert, it } from "@effect/vitest"
import { JobStore } from "@timegrid/core/queue"
import { freshDatabase } from "@timegrid/test-servers"
import { Effect, Option } from "effect"
import { describe, inject } from "vitest"
import { faults, newDocument, newUser, query, startPausableWorker, storeAt, untilTrue } from "../src/index.ts"

const serverUrl = inject("postgresUrl")

const database = Effect.acquireRelease(
  Effect.promise(() => freshDatabase(serverUrl ?? "")),
  ({ drop }) => Effect.promise(drop)
)

/** Pauses a worker past its lease, has another take its job, and wakes it. What it said after that, and the job. */
const pauseOne = Effect.fnUntraced(function* (url: string, userId: string, mode: "steady" | "transaction") {
  const jobs = yield* JobStore
  const { job } = yield* jobs.enqueue({ document: newDocument(userId) })
  const worker = yield* startPausableWorker(url, job.id, mode)
  yield* untilTrue(Effect.sync(() => worker.said.length > 1))
  worker.process.kill("SIGSTOP")
  // It may have been about to speak.
  yield* Effect.sleep(50)
  const saidBefore = worker.said.length
  const claim = jobs.claim("classification-queue", { owner: "other", leaseFor: "1 minute", jobId: job.id })
  let other = yield* claim
  while (Option.isNone(other)) {
    yield* Effect.sleep(50)
    other = yield* claim
  }
  const { lease } = other.value
  yield* jobs.checkpoint(lease, { by: "other" })
  worker.process.kill("SIGCONT")
  yield* untilTrue(Effect.sync(() => worker.said.some((line) => line.startsWith("refused"))))
  const left = Option.getOrThrow(yield* jobs.find(job.id))
  assert.deepStrictEqual(left.checkpoint, { by: "other" })
  assert.strictEqual(left.token, lease.token)
  assert.deepInclude(left.job, { status: "pending", stage: null })
  yield* jobs.transition(lease, { status: "ocr" })
  yield* jobs.transition(lease, { status: "completed" })
  return worker.said.slice(saidBefore).join()
})

describe.skipIf(serverUrl === null)("a worker that is paused past its lease", () => {
  it.live("finds its next write refused, and the job is as the other left it", () =>
    Effect.gen(function* () {
      const { url } = yield* database
      yield* Effect.gen(function* () {
        const userId = yield* newUser
        const pauses = Array.from({ length: faults }, () => Effect.scoped(pauseOne(url, userId, "steady")))
        const said = yield* Effect.all(pauses, { concurrency: 3 })
        // A write that was under way when it was paused had been carried out before the other claimed, and is told late.
        for (const lines of said) assert.match(lines, /^(written \d+,)?refused LeaseLost$/)
        assert.deepInclude(yield* query("SELECT count(*) AS done FROM processing_jobs WHERE status = 'completed'"), {
          done: faults
        })
        console.info(`paused past the lease ${faults} times: ${said.length} late writes refused, 0 carried out`)
      }).pipe(Effect.provide(storeAt(url)))
    }).pipe(Effect.scoped)
  )

  it.live("in the middle of a transaction loses that, and others need not wait for it", () =>
    Effect.gen(function* () {
      const { url } = yield* database
      yield* Effect.gen(function* () {
        const said = yield* Effect.scoped(pauseOne(url, yield* newUser, "transaction"))
        assert.strictEqual(said, "refused StoreUnavailable")
      }).pipe(Effect.provide(storeAt(url)))
    }).pipe(Effect.scoped)
  )
})
