import { randomUUID } from "node:crypto"
import { assert, it } from "@effect/vitest"
import { type ClaimedJob, JobStore } from "@timegrid/core/queue"
import { startPostgres, type TestServer } from "@timegrid/test-servers"
import { Effect, Fiber, Option, References } from "effect"
import { describe, inject } from "vitest"
import { faults, newDocument, newUser, query, storeAt, tally, untilHeard, untilTrue } from "../src/index.ts"

const clients = 8
const workers = 4
const queue = "classification-queue"

/** Clients upload as fast as they can, until `isOver`, each request under a key of its own; the jobs of those heard. */
const upload = Effect.fnUntraced(function* (userId: string, acknowledged: Map<string, string>, isOver: () => boolean) {
  const jobs = yield* JobStore
  const requests = tally()
  let resolved = 0
  const client = Effect.gen(function* () {
    while (!isOver()) {
      const idempotencyKey = randomUUID()
      const request = jobs.enqueue({ document: newDocument(userId), idempotencyKey })
      const { isNew, job } = yield* untilHeard(request, requests)
      // It had been carried out, and its answer was lost.
      if (!isNew) resolved += 1
      acknowledged.set(idempotencyKey, job.id)
    }
  })
  yield* Effect.all(
    Array.from({ length: clients }, () => client),
    { concurrency: "unbounded" }
  )
  return { resolved, unknown: requests.unknown }
})

/** Workers take jobs through their statuses until `isOver`; the ids of those that they were told to have completed. */
const work = Effect.fnUntraced(function* (isOver: () => boolean) {
  const jobs = yield* JobStore
  const completed = new Set<string>()
  const writes = tally()
  const complete = Effect.fnUntraced(function* ({ job, lease }: ClaimedJob) {
    for (const status of ["classifying", "validating", "completed"] as const)
      yield* untilHeard(jobs.transition(lease, { status }), writes)
    completed.add(job.id)
  })
  const worker = Effect.gen(function* () {
    while (!isOver()) {
      const claimed = yield* untilHeard(jobs.claim(queue, { owner: "worker", leaseFor: "2 seconds" }), writes)
      // Who does not know whether a write was carried out may find the lease gone: with it, or without.
      if (Option.isSome(claimed)) yield* Effect.ignore(complete(claimed.value))
      else yield* Effect.sleep(10)
      yield* Effect.ignore(jobs.reconcile())
    }
  })
  yield* Effect.all(
    Array.from({ length: workers }, () => worker),
    { concurrency: "unbounded" }
  )
  return { completed, unknown: writes.unknown }
})

/** Kills the server and starts it again, so many times, each in the middle of work. */
const kill = Effect.fnUntraced(function* (server: TestServer, times: number, requestsHeard: () => number) {
  const someMore = Effect.suspend(() => {
    const enough = requestsHeard() + 30
    return untilTrue(Effect.sync(() => requestsHeard() >= enough))
  })
  for (let time = 0; time < times; time++) {
    yield* someMore
    yield* Effect.sleep(Math.random() * 50)
    server.process?.kill("SIGKILL")
    yield* Effect.promise(() => server.restart())
  }
  yield* someMore
})

describe.skipIf(inject("postgresUrl") === null)("PostgreSQL killed under load", () => {
  it.live("loses nothing that was acknowledged, and every unknown request has one job", () =>
    Effect.gen(function* () {
      const server = yield* Effect.acquireRelease(
        Effect.promise(() => startPostgres()),
        ({ stop }) => Effect.promise(stop)
      )
      yield* Effect.gen(function* () {
        const userId = yield* newUser
        const acknowledged = new Map<string, string>()
        let isOver = false
        const uploading = yield* Effect.forkChild(upload(userId, acknowledged, () => isOver))
        const working = yield* Effect.forkChild(work(() => isOver))
        yield* kill(server, faults, () => acknowledged.size)
        isOver = true
        const { resolved, unknown } = yield* Fiber.join(uploading)
        const { completed, unknown: unknownWrites } = yield* Fiber.join(working)

        const jobs = yield* JobStore
        for (const [idempotencyKey, jobId] of acknowledged) {
          const again = yield* jobs.enqueue({ document: newDocument(userId), idempotencyKey })
          assert.isFalse(again.isNew)
          assert.strictEqual(again.job.id, jobId)
          if (completed.has(jobId)) assert.strictEqual(again.job.status, "completed")
        }
        // Nothing is there besides: no half of a request, and none twice.
        assert.deepInclude(
          yield* query(`SELECT
            (SELECT count(*) FROM processing_jobs) AS jobs,
            (SELECT count(*) FROM documents) AS documents,
            (SELECT count(*) FROM audit_logs WHERE action = 'job.enqueued') AS enqueued,
            (SELECT count(DISTINCT payload ->> 'jobId') FROM outbox WHERE topic = 'job.wake-ups') AS woken,
            (SELECT count(*) FROM audit_logs WHERE changes ->> 'to' = 'completed') AS ends,
            (SELECT count(*) FROM processing_jobs WHERE status = 'completed') AS completed,
            (SELECT count(*) FROM outbox WHERE payload ->> 'type' = 'job:completed') AS told`),
          yield* Effect.map(
            query("SELECT count(*) FILTER (WHERE status = 'completed') AS completed FROM processing_jobs"),
            ({ completed: ends }) => ({
              jobs: acknowledged.size,
              documents: acknowledged.size,
              enqueued: acknowledged.size,
              woken: acknowledged.size,
              ends,
              completed: ends,
              told: ends
            })
          )
        )
        assert.isAbove(unknown, 0)
        console.info(
          `Postgres killed ${faults} times: ${acknowledged.size} requests acknowledged and kept, 0 lost; ` +
            `${unknown} attempts unknown, of which ${resolved} had been carried out, each found by its key; ` +
            `${completed.size} jobs completed and kept, ${unknownWrites} writes of workers unknown`
        )
      }).pipe(Effect.provide(storeAt(server.url)), Effect.provideService(References.MinimumLogLevel, "None"))
    }).pipe(Effect.scoped)
  )
})
