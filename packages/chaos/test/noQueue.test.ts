import { assert, it } from "@effect/vitest"
import { JobStore, MemoryWakeUps, Outbox, outboxTopics, WakeUpMessage, WakeUps } from "@timegrid/core/queue"
import { freshDatabase } from "@timegrid/test-servers"
import { Effect, Layer, Option } from "effect"
import { describe, inject } from "vitest"
import * as z from "zod"
import { newDocument, newUser, query, storeAt } from "../src/index.ts"

const serverUrl = inject("postgresUrl")

const queue = "classification-queue"
const jobCount = 40

const Messages = z.array(WakeUpMessage)

describe.skipIf(serverUrl === null)("processes that share a database and no Redis", () => {
  it.live("find by looking what waits, each job once, also what was written while none was there", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.acquireRelease(
        Effect.promise(() => freshDatabase(serverUrl ?? "")),
        ({ drop }) => Effect.promise(drop)
      )
      yield* Effect.gen(function* () {
        const jobs = yield* JobStore
        const outbox = yield* Outbox
        const userId = yield* newUser
        const completedBy = new Map<string, Array<string>>()
        const enqueue = Effect.suspend(() => jobs.enqueue({ document: newDocument(userId) }))
        const enqueueSome = Effect.all(Array.from({ length: jobCount / 2 }, () => enqueue))

        /** A process that hears of nothing but what it publishes itself. */
        const startProcess = Effect.fnUntraced(function* (owner: string) {
          const own = yield* Layer.build(Layer.fresh(MemoryWakeUps.layer))
          const handle = (jobId: Option.Option<string>) =>
            Effect.gen(function* () {
              const claim = { owner, leaseFor: "1 minute", jobId: Option.getOrUndefined(jobId) } as const
              const claimed = yield* jobs.claim(queue, claim)
              if (Option.isNone(claimed)) return false
              const { job, lease } = claimed.value
              yield* jobs.transition(lease, { status: "classifying" })
              yield* jobs.transition(lease, { status: "completed" })
              completedBy.set(job.id, [...(completedBy.get(job.id) ?? []), owner])
              return true
            }).pipe(Effect.orDie)
          const consume = WakeUps.use((wakeUps) =>
            wakeUps.consume(queue, handle, { concurrency: 2, pollEvery: "100 millis" })
          )
          yield* Effect.provideContext(consume, own)
          return yield* Effect.provideContext(WakeUps, own)
        })

        yield* enqueueSome
        const first = yield* startProcess("first")
        yield* startProcess("second")
        yield* enqueueSome
        yield* outbox.relay(outboxTopics.wakeUps, (messages) =>
          first.publish(Messages.parse(messages.map(({ payload }) => payload)))
        )
        while (completedBy.size < jobCount) yield* Effect.sleep(20)
        assert.isTrue([...completedBy.values()].every((owners) => owners.length === 1))
        assert.deepInclude(yield* query("SELECT count(*) AS done FROM processing_jobs WHERE status = 'completed'"), {
          done: jobCount
        })
      }).pipe(Effect.scoped, Effect.provide(storeAt(url)))
    }).pipe(Effect.scoped)
  )
})
