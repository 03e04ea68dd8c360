import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Option, Stream } from "effect"
import { BlobStore, MemoryBlobStore } from "../../src/index.ts"
import { artifactKey, Journal, type JournalRow, MemoryJournal } from "../../src/pipeline/index.ts"
import { hashBytes } from "../../src/pipeline/sha256.ts"
import { forgetDocumentRuns, forgetJobRun, jobRunStores } from "../../src/queue/index.ts"

const document = new Uint8Array([1, 2, 3])
const row: JournalRow = { kind: "settled", at: 0, call: "call", amount: {} }

const test = (name: string, body: Effect.Effect<void, unknown, Journal | BlobStore>) =>
  it.effect(name, () =>
    Effect.provideContext(
      body,
      Context.make(Journal, MemoryJournal.make()).pipe(Context.add(BlobStore, MemoryBlobStore.make({ versions: true })))
    )
  )

const keys = BlobStore.use((blobs) =>
  Effect.map(Stream.runCollect(blobs.list("")), (found) => found.map(({ key }) => key).toSorted())
)

/** A run that has kept one artifact, twice, and one row. */
const givenRun = Effect.fnUntraced(function* (jobId: string, documentId: string) {
  const stores = yield* jobRunStores({ jobId, documentId }, document)
  const blobs = Context.get(stores, BlobStore)
  yield* blobs.put("artifacts/aa", new Uint8Array([4]))
  yield* blobs.put("artifacts/aa", new Uint8Array([5]))
  yield* Context.get(stores, Journal).append(jobId, row)
  return blobs
})

describe("what is kept of a job's run", () => {
  test(
    "holds its artifacts apart from those of others, and its document not at all",
    Effect.gen(function* () {
      const blobs = yield* givenRun("job", "document")
      const key = artifactKey(yield* hashBytes(document))
      yield* blobs.put(key, document)
      assert.deepStrictEqual(yield* keys, ["runs/document/job/artifacts/aa"])
      assert.deepStrictEqual(Option.getOrNull(yield* blobs.find(key)), document)
      assert.deepStrictEqual(Option.getOrNull(yield* blobs.find("artifacts/aa")), new Uint8Array([5]))
      const other = yield* givenRun("other", "document")
      yield* other.remove("artifacts/aa")
      assert.isTrue(Option.isSome(yield* blobs.find("artifacts/aa")))
    })
  )

  test(
    "goes with its run, in every version, and leaves the runs of other jobs",
    Effect.gen(function* () {
      yield* givenRun("job", "document")
      yield* givenRun("job2", "document")
      yield* forgetJobRun({ jobId: "job", documentId: "document" })
      assert.deepStrictEqual(yield* keys, ["runs/document/job2/artifacts/aa"])
      assert.deepStrictEqual(yield* Journal.use((journal) => journal.read("job")), [])
      assert.deepStrictEqual(yield* Journal.use((journal) => journal.read("job2")), [row])
    })
  )

  test(
    "goes with its document, whichever job has read that",
    Effect.gen(function* () {
      yield* givenRun("job", "document")
      yield* givenRun("job2", "document")
      yield* givenRun("job3", "document2")
      yield* forgetDocumentRuns("document")
      assert.deepStrictEqual(yield* keys, ["runs/document2/job3/artifacts/aa"])
    })
  )
})
