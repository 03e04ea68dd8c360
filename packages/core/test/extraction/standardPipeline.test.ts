import { assert, describe, it } from "@effect/vitest"
import { Context, Effect } from "effect"
import * as z from "zod"
import {
  BlobStore,
  MemoryBlobStore,
  OcrError,
  type Page,
  PagesArtifact,
  routeOf,
  runExtraction,
  stages,
  standardPipeline,
  UnreadableImage,
  UntimedExtraction
} from "../../src/index.ts"
import {
  Journal,
  jobStatesAfter,
  MemoryJournal,
  type PipelineEvent,
  pendingJob,
  pipeline,
  review,
  stage
} from "../../src/pipeline/index.ts"
import { modelThat, noMetadata } from "../llm/models.ts"
import { cloudOf, document, failing, machine, never, scan, wordsRead } from "./machine.ts"
import { drawnWeek } from "./pages.ts"

const stores = () => Context.make(Journal, MemoryJournal.make()).pipe(Context.add(BlobStore, MemoryBlobStore.make()))

describe("the standard pipeline", () => {
  it("reads a document of native words without touching its pixels", async () => {
    const { asked, services } = machine([drawnWeek()])
    const run = await standardPipeline().provide(services).run({ document })
    assert.strictEqual(run.artifacts.reading.timeblocks.length, 12)
    assert.deepStrictEqual(asked, { opened: 1, rendered: 0, recognized: 0 })
  })

  it("takes a stage of one's own, and one's own in the place of its own", async () => {
    const { asked, services } = machine([scan])
    const readByHand = stage({
      name: "readByHand",
      version: "1",
      needs: { pages: PagesArtifact },
      gives: { readPages: z.custom<Array<{ page: Page; tier: "hitl" }>>() },
      run: () => ({ readPages: [{ page: drawnWeek(), tier: "hitl" as const }] })
    })
    const count = stage({
      name: "count",
      version: "1",
      needs: { reading: z.object({ timeblocks: z.array(z.unknown()) }) },
      gives: { lessons: z.int() },
      run: ({ reading }) => ({ lessons: reading.timeblocks.length })
    })
    const own = standardPipeline().replace("ocr", readByHand).use(count).provide(services)
    const { artifacts } = await own.run({ document })
    assert.deepStrictEqual([artifacts.lessons, artifacts.reading.tier, asked.recognized], [12, "hitl", 0])
  })

  it("replays a run byte for byte without asking anybody", async () => {
    const { asked, services } = machine([scan, drawnWeek()])
    const model = modelThat(() => ({ metadata: noMetadata, timeblocks: [] }))
    const cloud = cloudOf("cloud")
    const kept = standardPipeline({ cloudOcr: [cloud], llm: [model.provider], routing: never })
      .provide(services)
      .provide(stores())
    const run = await kept.run({ document }, { runId: "once" })
    const before = [structuredClone(asked), model.requests.length]
    const replayed = await kept.replay("once")
    assert.strictEqual(JSON.stringify(replayed), JSON.stringify(run))
    assert.deepStrictEqual([asked, model.requests.length], before)
  })

  it("goes on after a restart where it stopped, without page images in the journal", async () => {
    const journal = MemoryJournal.make()
    const blobs = MemoryBlobStore.make()
    let largest = 0
    const watched = BlobStore.of({
      ...blobs,
      put: (key, bytes) => {
        largest = Math.max(largest, bytes.byteLength)
        return blobs.put(key, bytes)
      }
    })
    const kept = Context.make(Journal, journal).pipe(Context.add(BlobStore, watched))
    const broken = machine([scan], failing("local@1", new UnreadableImage({ cause: "damaged" })))
    const failed = standardPipeline().provide(broken.services).provide(kept).run({ document }, { runId: "restarted" })
    await failed.then(
      () => assert.fail("it was read"),
      (error) => assert.instanceOf(error, OcrError)
    )
    const mended = machine([scan])
    const events: Array<PipelineEvent> = []
    const run = await standardPipeline()
      .provide(mended.services)
      .provide(kept)
      .resume("restarted", { onEvent: (event) => events.push(event) })
    assert.strictEqual(run.artifacts.reading.tier, "tesseract")
    const reused = events.flatMap((event) => (event.type === "stage:reused" ? event.stage : []))
    assert.deepStrictEqual(reused, ["classification", "preprocessing"])
    assert.isBelow(largest, 100_000)
  })

  it("asks a model again, and nobody else, when it is resumed from there", async () => {
    const { asked, services } = machine([scan])
    const model = modelThat(() => ({ metadata: noMetadata, timeblocks: [] }))
    let reads = 0
    const cloud = cloudOf("cloud", () => {
      reads += 1
      return wordsRead("cloud@1")
    })
    const kept = standardPipeline({ cloudOcr: [cloud], llm: [model.provider], routing: never })
      .provide(services)
      .provide(stores())
    await kept.run({ document }, { runId: "again" })
    const before = structuredClone(asked)
    await kept.resume("again", { from: "tiers/llm" })
    assert.deepStrictEqual([model.requests.length, reads, asked.recognized], [2, 1, before.recognized])
  })

  it("waits for a person where a review stands at its end, and goes on with what they say", async () => {
    const { services } = machine([scan])
    const approve = review({
      of: "reading",
      gives: "approved",
      schema: UntimedExtraction,
      when: (reading) => routeOf(reading, never).decision === "review"
    })
    const line = standardPipeline({ routing: never }).use(approve)
    const kept = line.provide(services).provide(stores())
    const states = [pendingJob]
    const onEvent = (event: PipelineEvent) =>
      states.push(...jobStatesAfter(line.explain(), states.at(-1) ?? pendingJob, event))
    const waiting = await kept.run({ document }, { runId: "doubtful", onEvent })
    assert.strictEqual(waiting.status, "waiting")
    assert.strictEqual(states.at(-1)?.status, "hitl_pending")
    const reading = waiting.artifacts.reading ?? assert.fail("there is no draft")
    await kept.answer("doubtful", "review", { ...reading, metadata: { ...reading.metadata, className: "4M" } })
    const answered = await kept.resume("doubtful", { onEvent })
    assert.strictEqual(answered.artifacts.approved?.metadata.className, "4M")
    assert.deepInclude(states.at(-1), { status: "completed", processingTier: "hitl" })
  })

  it("says of a run what a job's row says", async () => {
    const { layer } = machine([scan, drawnWeek()])
    const { extraction, metadata, report } = await Effect.runPromise(
      Effect.provide(runExtraction(document.bytes, { file: "a" }), layer)
    )
    assert.deepInclude(metadata, { classification: "test", pageCount: 2, ocrEngine: "local-1" })
    assert.sameMembers(Object.keys(metadata.processingTime ?? {}), [
      ...["classification", "preprocessing", "ocr", "interpretation", "validation", "total"]
    ])
    assert.approximately(extraction.timings.total, report.totalMs, 0.01)
    assert.isAbove(extraction.timings.ocr, 0)
  })
})

// The compiler holds that the services of the standard pipeline are there.
// @ts-expect-error the service '@timegrid/core/extraction/DocumentReaders' is not provided
export const unprovided = () => standardPipeline().run({ document })
// @ts-expect-error 'interpretation' needs 'readPages', which no earlier stage gives
export const unordered = () => pipeline("p", {}).use(stages.interpretation())
