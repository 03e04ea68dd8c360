import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readdirSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { JobArchive, maintenanceTasks, runMaintenance } from "@timegrid/core/maintenance"
import { ProcessingJobs, ReviewTasks, UploadedDocuments, Users } from "@timegrid/core/repository"
import { migrate, postgresMigrations } from "@timegrid/postgres"
import { freshDatabase } from "@timegrid/test-servers"
import { Effect, type Layer, Option } from "effect"
import { assert, describe, it } from "vitest"
import { postgresUrl } from "../support/freshPostgres.ts"
import { servicesOf } from "./services.ts"

const program = path.join(import.meta.dirname, "..", "programs", "maintain.ts")
// More than a page of each list.
const jobCount = 120
const kills = 3

/** Jobs that have ended, each with a review. */
const givenJobs = Effect.gen(function* () {
  const user = yield* Users.use((users) =>
    users.insert({ email: "ada@school.example", passwordHash: "hash", firstName: "Ada", lastName: "Byron" })
  )
  const documents = yield* UploadedDocuments.use((repository) =>
    repository.insertMany(
      Array.from({ length: jobCount }, (_, index) => ({
        userId: user.id,
        fileName: `${index}.pdf`,
        fileType: "application/pdf" as const,
        fileSize: 1,
        s3Bucket: "elsewhere",
        s3Key: `uploads/2031/01/01/${index}.pdf`
      }))
    )
  )
  const jobs = yield* ProcessingJobs.use((repository) =>
    repository.insertMany(
      documents.map(({ id }) => ({ documentId: id, userId: user.id, status: "completed" as const }))
    )
  )
  yield* ReviewTasks.use((repository) =>
    repository.insertMany(jobs.map(({ id }) => ({ jobId: id, status: "completed" as const })))
  )
  return jobs.map(({ id }) => id)
})

const archiveFiles = (folder: string) =>
  existsSync(path.join(folder, "archive")) ? readdirSync(path.join(folder, "archive"), { recursive: true }).length : 0

const isInTables = (jobId: string) => ProcessingJobs.use((jobs) => Effect.map(jobs.find(jobId), Option.isSome))

const isArchived = (jobId: string) =>
  JobArchive.use((archive) =>
    Effect.map(archive.find(jobId), (found) => Option.isSome(found) && found.value.reviewTasks.length === 1)
  )

describe.skipIf(postgresUrl === null)("maintenance that is killed", () => {
  it("leaves every job in the tables or in the archive, whole, and what it left is done the next time", async () => {
    const { drop, url } = await freshDatabase(postgresUrl ?? "")
    const folder = await mkdtemp(path.join(tmpdir(), "timegrid-archive-"))
    const run = <A, E>(work: Effect.Effect<A, E, Layer.Success<ReturnType<typeof servicesOf>>>) =>
      Effect.runPromise(Effect.provide(work, servicesOf(url, folder)))
    try {
      await run(Effect.flatMap(postgresMigrations, (migrations) => migrate({ migrations })))
      const ids = await run(givenJobs)
      let killed = 0
      for (let round = 0; round < kills; round += 1) {
        const child = spawn(process.execPath, [program, url, folder], { stdio: ["ignore", "ignore", "inherit"] })
        const before = archiveFiles(folder)
        while (child.exitCode === null && archiveFiles(folder) <= before + 2 * round) await sleep(1)
        child.kill("SIGKILL")
        const [, signal] = child.exitCode === null ? await once(child, "exit") : []
        if (signal === "SIGKILL") killed += 1
        const places = await run(
          Effect.forEach(ids, (id) => Effect.all([isInTables(id), isArchived(id)]), { concurrency: 4 })
        )
        assert.isTrue(places.every(([inTables, archived]) => inTables !== archived))
      }
      assert.isAbove(killed, 0)
      const reports = await run(
        Effect.flatMap(
          maintenanceTasks({ retentionDays: { finishedJobs: -1 }, orphanAge: 0, removeOrphans: true }),
          (tasks) => runMaintenance(tasks)
        )
      )
      assert.deepStrictEqual(
        reports.filter(({ error }) => error !== null),
        []
      )
      assert.deepStrictEqual(await run(Effect.forEach(ids, isArchived)), Array(jobCount).fill(true))
    } finally {
      await drop()
      await rm(folder, { recursive: true })
    }
  })
})
