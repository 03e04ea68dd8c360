import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import {
  AnswerTooLong,
  fallbackOcr,
  LlmError,
  type LlmProvider,
  MemoryCache,
  type OcrError,
  OcrProvider,
  type Page,
  RateLimited,
  RequestRejected,
  ResponseMalformed,
  runExtraction,
  ServiceUnavailable,
  standardPipeline
} from "../../src/index.ts"
import { jobStatesAfter, type PipelineEvent, pendingJob } from "../../src/pipeline/index.ts"
import { modelThat, noMetadata } from "../llm/models.ts"
import { cloudOf, document, engineThat, failing, machine, never, scan, wordsRead } from "./machine.ts"
import { drawnWeek } from "./pages.ts"

describe("the ladder of tiers", () => {
  const runWith = async (
    pages: ReadonlyArray<Page>,
    options: Parameters<typeof runExtraction>[1] & {}
  ): Promise<
    {
      readonly seen: ReadonlyArray<string>
      readonly shown: ReadonlyArray<string | null>
      readonly failed: ReadonlyArray<string>
      readonly cached: ReadonlyArray<string>
    } & Awaited<ReturnType<typeof extracted>>
  > => {
    const events: Array<PipelineEvent> = []
    const run = await extracted(pages, { ...options, onEvent: (event) => events.push(event) })
    const seen = events.flatMap((event) => (event.type === "provider:called" ? event.provider : []))
    const shown = events.flatMap((event) => (event.type === "provider:called" ? event.shown : []))
    const failed = events.flatMap((event) => (event.type === "stage:failed" ? `${event.stage} ${event.code}` : []))
    const cached = events.flatMap((event) => (event.type === "provider:cached" ? event.provider : []))
    return { ...run, seen, shown, failed, cached }
  }
  const extracted = (pages: ReadonlyArray<Page>, options: Parameters<typeof runExtraction>[1]) =>
    Effect.runPromise(Effect.provide(runExtraction(document.bytes, options), machine(pages, misreadWords).layer))
  /** What the engine of this machine makes of the week: days that it has to guess, so that others can do better. */
  const misreadWords = () =>
    Effect.map(wordsRead("local@1"), (words) =>
      words.map((word) => ({ ...word, text: word.text.replace("day", "doy") }))
    )

  it("shows no document to anybody where the offline reading is sure enough", async () => {
    const model = modelThat(() => ({ metadata: noMetadata, timeblocks: [] }))
    const { route, seen } = await runWith([scan], {
      cloudOcr: [cloudOf("cloud")],
      llm: [model.provider],
      routing: { acceptFrom: 0 }
    })
    assert.deepStrictEqual(seen, [])
    assert.deepStrictEqual(route, { decision: "accept", reason: "confident" })
  })

  it("tells what an engine sees that reads all pages on somebody else's machine", async () => {
    const events: Array<PipelineEvent> = []
    const elsewhere = OcrProvider.of({ ...engineThat("vision@2", () => wordsRead("vision@2")), tier: "cloud_ocr" })
    const run = runExtraction(document.bytes, { onEvent: (event) => events.push(event) })
    const read = Effect.provideService(run, OcrProvider, elsewhere).pipe(Effect.provide(machine([scan]).layer))
    const { extraction } = await Effect.runPromise(read)
    assert.deepInclude(
      events.find(({ type }) => type === "provider:called"),
      { stage: "ocr", provider: "vision", shown: "the image of page 1" }
    )
    assert.strictEqual(extraction.tier, "cloud_ocr")
  })

  it("gives a page the tier of the engine that has read it, where several stand as one", async () => {
    const vision = (isBusy: boolean) => {
      const recognize = isBusy ? failing("vision@2", new RequestRejected({})) : () => wordsRead("vision@2")
      return OcrProvider.of({ ...engineThat("vision@2", recognize), tier: "cloud_ocr" })
    }
    const local = engineThat("local@1", () => wordsRead("local@1"))
    const readBy = async (ocr: OcrProvider["Service"]) => {
      const events: Array<PipelineEvent> = []
      const run = runExtraction(document.bytes, { onEvent: (event) => events.push(event) })
      const read = Effect.provideService(run, OcrProvider, ocr).pipe(Effect.provide(machine([scan]).layer))
      const { extraction } = await Effect.runPromise(read)
      const told = events.flatMap((event) => (event.type === "provider:called" ? event.provider : []))
      return [extraction.tier, ...told]
    }
    assert.deepStrictEqual(await readBy(fallbackOcr([vision(true), local])), ["tesseract", "vision"])
    assert.deepStrictEqual(await readBy(fallbackOcr([vision(false), local])), ["cloud_ocr", "vision"])
    // Nobody can say beforehand that the second will not see it.
    assert.deepStrictEqual(await readBy(fallbackOcr([local, vision(false)])), ["tesseract", "vision"])
  })

  it("charges an answer that nobody has counted as much as it could cost", async () => {
    const spent = { inputTokens: null, outputTokens: null, costUsd: null }
    const cut = (reason: LlmError["reason"]): LlmProvider["Service"] => ({
      ...modelThat(() => reason).provider,
      costAtMost: () => 0.05,
      generate: () => Effect.fail(new LlmError({ engine: "made:model", reason, spent }))
    })
    const tooLong = cut(new AnswerTooLong({ limit: 9, unit: "characters" }))
    const { failed, report } = await runWith([drawnWeek()], { llm: [tooLong], routing: never, budget: { usd: 0.12 } })
    assert.deepStrictEqual([failed, report.spent.made?.usd], [["tiers/llm truncated"], 0.05])
    // It is asked again while there is money for another such answer.
    const broken = cut(new ServiceUnavailable({}))
    const again = await runWith([drawnWeek()], { llm: [broken], routing: never, budget: { usd: 0.12 } })
    assert.deepStrictEqual([again.failed, again.seen.length], [["tiers/llm budget_exceeded"], 2])
    assert.strictEqual(again.report.spent.made?.usd, 0.1)
  })

  it("pays for a page whose answer is no good, and not for one that was turned away", async () => {
    const costOf = async (reason: OcrError["reason"]) => {
      const { report } = await runWith([scan], {
        cloudOcr: [cloudOf("cloud", failing("cloud@1", reason))],
        routing: never
      })
      return report.spent.cloud
    }
    assert.deepInclude(await costOf(new ResponseMalformed({ cause: "no JSON" })), { usd: 0.01, pages: 1 })
    assert.deepInclude(await costOf(new RequestRejected({})), { usd: 0, pages: 0 })
  })

  it("shows no document to anybody without opting in", async () => {
    const { report, route, seen } = await runWith([scan], { routing: never })
    assert.deepStrictEqual([seen, report.spent, route.decision], [[], {}, "review"])
  })

  it("asks a cloud OCR before a language model, tells who saw the document, and what it cost", async () => {
    const model = modelThat(() => ({ metadata: noMetadata, timeblocks: [] }))
    const { extraction, report, seen, shown } = await runWith([scan], {
      cloudOcr: [cloudOf("cloud")],
      llm: [model.provider],
      routing: never
    })
    assert.deepStrictEqual(seen, ["cloud", "made"])
    assert.deepStrictEqual(shown, ["the image of page 1", `text with the hash ${model.requests[0]?.hashes.content}`])
    assert.deepInclude(report.spent.cloud, { usd: 0.01, pages: 1 })
    assert.deepInclude(report.spent.made, { usd: 0.002, pages: 1 })
    // A model that found nothing is no better than the engines.
    assert.strictEqual(extraction.tier, "cloud_ocr")
  })

  it("asks nobody again for what is in the cache, which is free and told as an event", async () => {
    const model = modelThat(() => ({ metadata: noMetadata, timeblocks: [] }))
    const options = {
      cloudOcr: [cloudOf("cloud")],
      llm: [model.provider],
      routing: never,
      cache: MemoryCache.make()
    }
    const first = await runWith([scan], options)
    assert.deepStrictEqual([first.seen, first.cached], [["cloud", "made"], []])
    const second = await runWith([scan], options)
    assert.deepStrictEqual([second.seen, second.cached], [[], ["cloud", "made"]])
    assert.deepStrictEqual(second.report.spent, {})
    assert.deepStrictEqual({ ...second.extraction, timings: null }, { ...first.extraction, timings: null })
  })

  it("takes a job through legal statuses, back to OCR and to the model, up to the tier that was asked last", async () => {
    const model = modelThat(() => ({ metadata: noMetadata, timeblocks: [] }))
    const { services } = machine([scan])
    const line = standardPipeline({ cloudOcr: [cloudOf("cloud")], llm: [model.provider], routing: never })
    const states = [pendingJob]
    const follow = (event: PipelineEvent) =>
      states.push(...jobStatesAfter(line.explain(), states.at(-1) ?? pendingJob, event))
    await line.provide(services).run({ document }, { onEvent: follow })
    const statuses = states.map(({ status }) => status)
    assert.deepStrictEqual(
      statuses.filter((status, index) => status !== statuses[index - 1]),
      [
        ...(["pending", "classifying", "preprocessing", "ocr", "validating"] as const),
        ...(["ocr", "llm_processing", "validating", "completed"] as const)
      ]
    )
    assert.strictEqual(states.at(-1)?.processingTier, "llm")
    assert.strictEqual(states.at(-1)?.stage, "validation")
  })

  it("keeps pages with words of their own from a cloud OCR", async () => {
    const { extraction, seen } = await runWith([drawnWeek()], { cloudOcr: [cloudOf("cloud")], routing: never })
    assert.deepStrictEqual([seen, extraction.tier], [[], "native"])
  })

  it("asks the next provider after a failure that it may not share", async () => {
    const broken = cloudOf("broken", failing("broken@1", new RequestRejected({})))
    const { extraction, failed, seen } = await runWith([scan], {
      cloudOcr: [broken, cloudOf("other")],
      routing: never
    })
    assert.deepStrictEqual([seen, failed, extraction.tier], [["broken", "other"], [], "cloud_ocr"])
  })

  it("keeps the offline reading where every higher tier fails", async () => {
    const slow = cloudOf("slow", failing("slow@1", new RateLimited({ retryAfterMs: 3_600_000 })))
    const model = modelThat(() => new RequestRejected({}))
    const { extraction, failed, route } = await runWith([scan], {
      cloudOcr: [slow],
      llm: [model.provider],
      routing: never
    })
    assert.deepStrictEqual(failed, ["tiers/cloudOcr rate_limited", "tiers/llm refused"])
    assert.deepStrictEqual([extraction.tier, route.decision], ["tesseract", "review"])
  })

  it("makes no call that would pass the budget, nor one whose price nobody knows", async () => {
    const budget = { usd: 0.005 }
    const dear = await runWith([scan], { cloudOcr: [cloudOf("dear")], routing: never, budget })
    assert.deepStrictEqual([dear.seen, dear.failed], [[], ["tiers/cloudOcr budget_exceeded"]])
    const unpriced = [cloudOf("unpriced", undefined, null)]
    const refused = await runWith([scan], { cloudOcr: unpriced, routing: never, budget })
    assert.deepStrictEqual([refused.seen, refused.failed], [[], ["tiers/cloudOcr budget_exceeded"]])
    const unlimited = await runWith([scan], { cloudOcr: unpriced, routing: never, budget: { pages: 1 } })
    assert.deepStrictEqual(unlimited.seen, ["unpriced"])
  })

  it("hands a language model the words of the cloud OCR", async () => {
    const model = modelThat(() => ({ metadata: noMetadata, timeblocks: [] }))
    const blind = machine([scan], () => Effect.succeed([]))
    const run = runExtraction(document.bytes, {
      cloudOcr: [cloudOf("cloud")],
      llm: [model.provider],
      routing: never
    })
    await Effect.runPromise(Effect.provide(run, blind.layer))
    assert.include(JSON.stringify(model.requests[0]?.prompt), "Maths")
  })
})
