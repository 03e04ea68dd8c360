import { readFileSync } from "node:fs"
import { JobStore, MemoryJobs, MemoryWakeUps, Outbox, outboxTopics } from "@timegrid/core/queue"
import { Users } from "@timegrid/core/repository"
import { Effect, Layer, Option } from "effect"
import { describe, expect, test } from "vitest"
import * as examples from "./docs.examples.ts"

const page = readFileSync(new URL("../../../../docs/jobs.md", import.meta.url), "utf8")
const source = readFileSync(new URL("docs.examples.ts", import.meta.url), "utf8")

describe("docs/jobs.md", () => {
  test("shows only samples that are compiled here", () => {
    const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => block!)
    expect(blocks.length).toBe(4)
    for (const block of blocks) expect(source).toContain(block.trim())
  })

  test("says what its samples do", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const user = { email: "ada@school.example", passwordHash: "x", firstName: "Ada", lastName: "Byron" }
      const { id: userId } = yield* users.insert(user)
      const document = {
        userId,
        fileName: "week.pdf",
        fileType: "application/pdf" as const,
        fileSize: 1,
        s3Bucket: "local",
        s3Key: "a"
      }
      const jobId = yield* examples.upload(document, "request-1")
      expect(yield* examples.upload({ ...document, s3Key: "b" }, "request-1")).toBe(jobId)
      expect(yield* examples.wakeWorkers).toEqual({ delivered: 1, delayed: 0, dead: 0 })
      yield* examples.putRight
      const worker = yield* Effect.forkChild(examples.workOnce)
      const jobs = yield* JobStore
      const status = Effect.map(jobs.find(jobId), (found) => Option.getOrThrow(found).job.status)
      while ((yield* status) === "pending") yield* Effect.sleep(1)
      expect(yield* status).toBe("classifying")
      expect(worker.pollUnsafe()).toBeUndefined()
      const heard: Array<unknown> = []
      const outbox = yield* Outbox
      yield* outbox.relay(outboxTopics.jobEvents, (messages) => Effect.sync(() => heard.push(...messages)))
      expect(heard).toHaveLength(1)
    }).pipe(Effect.provide(Layer.merge(MemoryJobs.layer(), MemoryWakeUps.layer)), Effect.scoped, Effect.runPromise))
})
