import { randomUUID } from "node:crypto"
import { assert, it } from "@effect/vitest"
import { JobStore } from "@timegrid/core/queue"
import { freshDatabase } from "@timegrid/test-servers"
import { Effect } from "effect"
import { describe, inject } from "vitest"
import { newDocument, newUser, query, startForgetfulProxy, storeAt, tally, untilHeard } from "../src/index.ts"

const serverUrl = inject("postgresUrl")

describe.skipIf(serverUrl === null)("answers that are lost after the COMMIT", () => {
  it.live("leave one job for each request, found by its key", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.acquireRelease(
        Effect.promise(() => freshDatabase(serverUrl ?? "")),
        ({ drop }) => Effect.promise(drop)
      )
      const proxy = yield* startForgetfulProxy(url)
      yield* Effect.gen(function* () {
        const jobs = yield* JobStore
        const userId = yield* newUser
        proxy.forgetEach(2)
        const requests = tally()
        const enqueue = Effect.suspend(() => {
          const request = { document: newDocument(userId), idempotencyKey: randomUUID() }
          return untilHeard(jobs.enqueue(request), requests)
        })
        const answers = yield* Effect.all(
          Array.from({ length: 40 }, () => enqueue),
          { concurrency: 4 }
        )
        proxy.forgetEach(0)
        const found = answers.filter(({ isNew }) => !isNew).length
        assert.isAtLeast(found, 10)
        assert.deepInclude(
          yield* query(`SELECT
            (SELECT count(*) FROM processing_jobs) AS jobs,
            (SELECT count(*) FROM documents) AS documents,
            (SELECT count(*) FROM outbox) AS messages`),
          { jobs: 40, documents: 40, messages: 40 }
        )
        assert.strictEqual(new Set(answers.map(({ job }) => job.id)).size, 40)
        console.info(
          `answers lost after the COMMIT: ${requests.unknown} of ${40 + requests.unknown}; ${found} jobs found by key, 0 doubled`
        )
      }).pipe(Effect.provide(storeAt(proxy.url)))
    }).pipe(Effect.scoped)
  )
})
