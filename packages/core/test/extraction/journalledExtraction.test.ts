import { assert, describe, it } from "@effect/vitest"
import { Context, Effect, Fiber, Stream } from "effect"
import { BlobStore, type ExtractionRun, MemoryBlobStore, runJournalledExtraction } from "../../src/index.ts"
import { Journal, JournalError, MemoryJournal, PipelineError } from "../../src/pipeline/index.ts"
import { cloudOf, document, machine, never, scan, wordsRead } from "./machine.ts"

const stores = (journal = MemoryJournal.make()) =>
  Context.make(Journal, journal).pipe(Context.add(BlobStore, MemoryBlobStore.make()))

const stagesOf = ({ report }: ExtractionRun) => report.stages.map(({ stage }) => stage)

describe("a journalled extraction", () => {
  it.effect("keeps what stands before the stage that it is read from again", () =>
    Effect.gen(function* () {
      const { asked, services } = machine([scan])
      const made: Array<string> = []
      const read = (from?: "interpretation") =>
        runJournalledExtraction("job", document.bytes, {
          from,
          onEvent: (event) => event.type === "stage:started" && made.push(event.stage)
        }).pipe(Effect.provideContext(services), Effect.provideContext(kept))
      const kept = stores()
      const first = yield* read()
      const recognized = asked.recognized
      made.length = 0
      const again = yield* read("interpretation")
      assert.deepStrictEqual(made, ["interpretation", "validation", "tiers", "tiers/offline", "routing"])
      assert.strictEqual(asked.recognized, recognized)
      assert.deepStrictEqual(again.extraction.timeblocks, first.extraction.timeblocks)
      assert.sameMembers(stagesOf(again), stagesOf(first))
    })
  )

  it.effect("starts a run that the journal does not know, whatever stage is named", () =>
    Effect.gen(function* () {
      const { asked, services } = machine([scan])
      const run = runJournalledExtraction("unknown", document.bytes, { from: "validation" })
      yield* run.pipe(Effect.provideContext(services), Effect.provideContext(stores()))
      assert.isAbove(asked.recognized, 0)
    })
  )

  it.live("goes on where it was interrupted, also with other tiers", () =>
    Effect.gen(function* () {
      const { asked, services } = machine([scan])
      const kept = stores()
      const read = (cloud: ReturnType<typeof cloudOf>) =>
        runJournalledExtraction("job", document.bytes, { cloudOcr: [cloud], routing: never }).pipe(
          Effect.provideContext(services),
          Effect.provideContext(kept)
        )
      const isAsked = Promise.withResolvers<void>()
      const hanging = cloudOf("hanging", () => {
        isAsked.resolve()
        return Effect.never
      })
      const under = yield* Effect.forkChild(read(hanging))
      yield* Effect.promise(() => isAsked.promise)
      yield* Fiber.interrupt(under)
      const { recognized } = asked
      let reads = 0
      const answering = cloudOf("answering", () => {
        reads += 1
        return wordsRead("answering@1")
      })
      yield* read(answering)
      assert.deepStrictEqual([asked.recognized, reads], [recognized, 1])
    })
  )

  it.live("fails with an error that can be tried again when its journal does not answer", () =>
    Effect.gen(function* () {
      const journal = {
        ...MemoryJournal.make(),
        read: (runId: string) => Effect.fail(new JournalError({ runId, isRetryable: true, cause: "away" }))
      }
      const run = runJournalledExtraction("job", document.bytes)
      const error = yield* run.pipe(
        Effect.provideContext(machine([scan]).services),
        Effect.provideContext(stores(journal)),
        Effect.flip
      )
      assert.instanceOf(error, PipelineError)
      assert.deepStrictEqual([error.code, error.isRetryable], ["unavailable", true])
    })
  )

  it.effect("reads anew where what was kept is spoilt", () =>
    Effect.gen(function* () {
      const { asked, services } = machine([scan])
      const blobs = MemoryBlobStore.make()
      const kept = Context.add(stores(), BlobStore, blobs)
      const read = (from?: "interpretation") =>
        runJournalledExtraction("job", document.bytes, { from }).pipe(
          Effect.provideContext(services),
          Effect.provideContext(kept)
        )
      const first = yield* read()
      const { recognized } = asked
      yield* Stream.runForEach(blobs.list("artifacts/"), ({ key }) => blobs.put(key, new Uint8Array(1)))
      const again = yield* read("interpretation")
      assert.isAbove(asked.recognized, recognized)
      assert.deepStrictEqual(again.extraction.timeblocks, first.extraction.timeblocks)
    })
  )

  it.effect("refuses a run that was started with another document", () =>
    Effect.gen(function* () {
      const { services } = machine([scan])
      const kept = stores()
      const read = (bytes: Uint8Array) =>
        runJournalledExtraction("job", bytes).pipe(Effect.provideContext(services), Effect.provideContext(kept))
      yield* read(document.bytes)
      const error = yield* Effect.flip(read(new Uint8Array([...document.bytes, 0])))
      assert.strictEqual(error.code, "conflict")
    })
  )
})
