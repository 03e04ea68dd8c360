import { assert, it } from "@effect/vitest"
import { BullWakeUps } from "@timegrid/bullmq"
import { JobStore, Outbox, outboxTopics, WakeUpMessage, WakeUps } from "@timegrid/core/queue"
import { freshDatabase, startRedis, type TestServer } from "@timegrid/test-servers"
import { Effect, Fiber, Layer, Option, References } from "effect"
import { Redis } from "ioredis"
import { describe, inject } from "vitest"
import * as z from "zod"
import { faults, newDocument, newUser, query, storeAt } from "../src/index.ts"

const serverUrl = inject("postgresUrl")

const queue = "classification-queue"
const jobsPerFault = 60
const workers = 3

const Messages = z.array(WakeUpMessage)

/** Hands the messages of the outbox to the queue, again and again. */
const relay = Effect.gen(function* () {
  const outbox = yield* Outbox
  const wakeUps = yield* WakeUps
  yield* outbox.relay(
    outboxTopics.wakeUps,
    (messages) => wakeUps.publish(Messages.parse(messages.map(({ payload }) => payload))),
    { backoff: "100 millis", maxAttempts: 1_000 }
  )
  yield* Effect.sleep(20)
}).pipe(Effect.forever)

/** Puts right what the queue has lost, as a service does, only sooner. */
const reconcile = Effect.gen(function* () {
  const { republished } = yield* JobStore.use((jobs) => jobs.reconcile({ unheardFor: "1 second" }))
  yield* Effect.sleep(200)
  return republished
})

/** A worker of its own, which hears of jobs by message alone. Told how many it has begun, and completed. */
const work = Effect.fnUntraced(function* (owner: string, tally: { begun: number; completed: number }) {
  const jobs = yield* JobStore
  const { consume } = yield* WakeUps
  const handle = (jobId: Option.Option<string>) =>
    Effect.gen(function* () {
      if (Option.isNone(jobId)) return false
      const claimed = yield* jobs.claim(queue, { owner, leaseFor: "5 seconds", jobId: jobId.value })
      if (Option.isNone(claimed)) return false
      const { lease } = claimed.value
      tally.begun += 1
      yield* jobs.transition(lease, { status: "classifying" })
      yield* Effect.sleep(5 + Math.random() * 20)
      yield* jobs.transition(lease, { status: "completed" })
      tally.completed += 1
      return true
    }).pipe(Effect.orElseSucceed(() => false))
  yield* consume(queue, handle, { concurrency: 4, pollEvery: "1 hour" })
})

/** By turns flushed, and killed and started anew, which forgets everything too. */
const strike = Effect.fnUntraced(function* (server: TestServer, time: number) {
  if (time % 2 === 0) {
    return yield* Effect.promise(async () => {
      const client = new Redis(server.url)
      await client.flushall()
      client.disconnect()
    })
  }
  server.process?.kill("SIGKILL")
  yield* Effect.sleep(100)
  yield* Effect.promise(() => server.restart())
})

describe.skipIf(serverUrl === null || inject("redisUrl") === null)("Redis flushed and restarted with jobs live", () => {
  it.live("loses and doubles no job", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.acquireRelease(
        Effect.promise(() => freshDatabase(serverUrl ?? "")),
        ({ drop }) => Effect.promise(drop)
      )
      const redis = yield* Effect.acquireRelease(
        Effect.promise(() => startRedis()),
        ({ stop }) => Effect.promise(stop)
      )
      const wakeUps = Layer.fresh(BullWakeUps.layer({ url: redis.url }))
      yield* Effect.gen(function* () {
        const userId = yield* newUser
        const jobs = yield* JobStore
        const tally = { begun: 0, completed: 0 }
        let republished = 0
        yield* Effect.forkScoped(Effect.provide(relay, wakeUps))
        yield* Effect.forkScoped(
          Effect.forever(
            Effect.map(reconcile, (count) => {
              republished += count
            })
          )
        )
        for (let worker = 0; worker < workers; worker++) {
          const context = yield* Layer.build(wakeUps)
          yield* Effect.provideContext(work(`worker ${worker}`, tally), context)
        }
        for (let time = 0; time < faults; time++) {
          const upload = Effect.suspend(() => jobs.enqueue({ document: newDocument(userId), priority: time % 3 }))
          const uploading = yield* Effect.forkChild(
            Effect.all(
              Array.from({ length: jobsPerFault }, () => upload),
              { concurrency: 4 }
            )
          )
          yield* Effect.sleep(100 + Math.random() * 300)
          yield* strike(redis, time)
          yield* Fiber.join(uploading)
        }
        const total = faults * jobsPerFault
        const ended = query("SELECT count(*) AS jobs FROM processing_jobs WHERE status = 'completed'")
        while ((yield* ended).jobs !== total) yield* Effect.sleep(100)
        assert.deepInclude(
          yield* query(`SELECT
            (SELECT count(*) FROM processing_jobs) AS jobs,
            (SELECT count(*) FROM outbox WHERE payload ->> 'type' = 'job:completed') AS told,
            (SELECT count(DISTINCT payload ->> 'jobId') FROM outbox WHERE payload ->> 'type' = 'job:completed') AS of,
            (SELECT count(*) FROM audit_logs WHERE changes ->> 'to' = 'completed') AS ends`),
          { jobs: total, told: total, of: total, ends: total }
        )
        assert.deepStrictEqual(tally, { begun: total, completed: total })
        console.info(
          `Redis flushed or restarted ${faults} times with jobs live: ${total} jobs, 0 lost, 0 doubled; ` +
            `${republished} were spoken of again`
        )
      }).pipe(Effect.scoped, Effect.provide(storeAt(url)), Effect.provideService(References.MinimumLogLevel, "None"))
    }).pipe(Effect.scoped)
  )
})
