import { existsSync } from "node:fs"
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BlobStore } from "@timegrid/core"
import { JobArchive } from "@timegrid/core/maintenance"
import { ProcessingJobs, UploadedDocuments, Users } from "@timegrid/core/repository"
import { FileBlobStore } from "@timegrid/filesystem"
import { Pglite } from "@timegrid/pglite"
import { PostgresJobs, PostgresMaintenance, PostgresRepositories } from "@timegrid/postgres"
import { Effect, Layer } from "effect"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { timegrid } from "./processes.ts"

let folder = ""
let removedKey = ""
let archivedId = ""

/** A store in which a document was removed and a job has just failed, and bytes that no row names. */
const fill = Effect.gen(function* () {
  const blobs = yield* BlobStore
  const user = yield* Users.use((users) =>
    users.insert({ email: "ada@school.example", passwordHash: "hash", firstName: "Ada", lastName: "Byron" })
  )
  const documents = yield* UploadedDocuments
  const given = ["one", "two"].map((name) => ({
    userId: user.id,
    fileName: `${name}.pdf`,
    fileType: "application/pdf" as const,
    fileSize: 1,
    s3Bucket: "local",
    s3Key: `uploads/2031/02/03/${name}.pdf`,
    uploadStatus: "completed" as const
  }))
  const [removed, kept] = yield* documents.insertMany(given)
  if (removed === undefined || kept === undefined) return yield* Effect.die("nothing was inserted")
  removedKey = removed.s3Key
  yield* Effect.forEach([removed, kept], ({ s3Key }) => blobs.put(s3Key, new Uint8Array(1)))
  const job = { userId: user.id, documentId: kept.id, status: "failed" } as const
  const [archived] = yield* ProcessingJobs.use((jobs) => jobs.insertMany([job, job]))
  archivedId = archived?.id ?? ""
  yield* JobArchive.use((archive) => archive.archive(archivedId))
  yield* documents.remove(removed.id)
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "timegrid-"))
  await mkdir(join(folder, "data"))
  const database = Pglite.layer({ folder: join(folder, "data", "database") })
  const services = PostgresMaintenance.layer.pipe(
    Layer.provideMerge(PostgresJobs.layer()),
    Layer.provideMerge(
      Layer.merge(PostgresRepositories.layer, FileBlobStore.layer({ folder: join(folder, "data", "blobs") }))
    ),
    Layer.provide(database)
  )
  await Effect.runPromise(Effect.provide(fill, services))
})

afterAll(() => rm(folder, { recursive: true }))

const maintain = (...options: ReadonlyArray<string>) => timegrid(["maintain", "--data", "data", ...options], folder)

const removedFile = () => join(folder, "data", "blobs", removedKey)

describe("timegrid maintain", () => {
  it("says with --dry-run what there is to do, then does it, then has nothing left to do", async () => {
    const dry = await maintain("--dry-run")
    assert.deepStrictEqual([dry.code, dry.stderr], [0, ""])
    assert.match(dry.stdout, /^tombstones: 1 collected$/m)
    assert.isTrue(existsSync(removedFile()))
    const first = await maintain()
    assert.deepStrictEqual([first.code, first.stderr], [0, ""])
    assert.match(first.stdout, /^tombstones: 1 collected, 0 kept$/m)
    assert.match(first.stdout, /^job-archive: 0 archived$/m)
    assert.isFalse(existsSync(removedFile()))
    const second = await maintain("--json")
    const figures = Object.fromEntries(
      (JSON.parse(second.stdout) as ReadonlyArray<{ name: string; figures: object }>).map((task) => [
        task.name,
        task.figures
      ])
    )
    assert.deepStrictEqual(figures.tombstones, { collected: 0, kept: 0 })
    assert.deepStrictEqual(figures.orphans, { unknownBlobs: 0, removedBlobs: 0, missingBlobs: 0 })
    assert.strictEqual(second.code, 0)
  })

  it("brings an archived job back, once", async () => {
    const first = await maintain("--restore", archivedId)
    assert.deepStrictEqual([first.code, first.stdout, first.stderr], [0, `${archivedId}: restored\n`, ""])
    const second = await maintain("--restore", archivedId)
    const said = `timegrid: ${archivedId}: not_found: No such job was archived.\n`
    assert.deepStrictEqual([second.code, second.stdout, second.stderr], [1, "", said])
  })

  it("tells in one line what it cannot open", async () => {
    const { code, stderr, stdout } = await timegrid(["maintain", "--data", "elsewhere"], folder)
    assert.deepStrictEqual([code, stdout], [1, ""])
    assert.match(stderr, /^timegrid: store_unavailable: There is no database in .*elsewhere\.\n$/)
  })

  it("refuses a file as wrong usage", async () => {
    const { code, stderr } = await maintain("week.pdf")
    assert.deepStrictEqual([code, stderr], [2, "timegrid: maintain takes no file. See timegrid --help.\n"])
  })
})
