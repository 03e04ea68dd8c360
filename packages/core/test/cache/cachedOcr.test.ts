import { assert, describe, it } from "@effect/vitest"
import {
  Cache,
  CachedOcrResult,
  CacheError,
  type CacheHit,
  CacheUnavailable,
  cachedOcr,
  EngineUnavailable,
  MemoryCache,
  OcrError,
  OcrProvider,
  type PageImage
} from "@timegrid/core"
import { Effect, Fiber, Option } from "effect"
import { TestClock } from "effect/testing"
import { wordOf } from "../ocr/words.ts"

const imageOf = (level: number, pageNumber = 1): PageImage => ({
  pageNumber,
  widthPx: 4,
  heightPx: 2,
  channels: 1,
  data: new Uint8Array(8).fill(level)
})

const words = [wordOf("Monday", 0.9), { ...wordOf("9:30", 0.9), rotation: 90 as const, agreement: true, style: null }]

/** An engine that counts how often it is asked. */
const counting = (service: Partial<OcrProvider["Service"]> = {}) => {
  let calls = 0
  const engine = OcrProvider.of({
    engine: "made@1",
    granularity: "page",
    concurrency: 1,
    recognize: () =>
      Effect.sync(() => {
        calls += 1
        return words
      }),
    ...service
  })
  return { engine, calls: () => calls }
}

const image = imageOf(7)

describe("cachedOcr", () => {
  it.effect("asks for an image once, and gives the very words again", () =>
    Effect.gen(function* () {
      const { calls, engine } = counting()
      const hits: Array<CacheHit> = []
      const onHit = (hit: CacheHit) => Effect.sync(() => void hits.push(hit))
      const ocr = cachedOcr(engine, MemoryCache.make(), { onHit })
      assert.deepStrictEqual(yield* ocr.recognize(image), words)
      assert.lengthOf(hits, 0)
      assert.deepStrictEqual(yield* ocr.recognize(imageOf(7, 5), { layout: "page" }), words)
      assert.strictEqual(calls(), 1)
      assert.deepStrictEqual(
        hits.map((hit) => hit.engine),
        ["made@1"]
      )
      assert.match(hits[0]!.key, /^ocr:result:sha256:[0-9a-f]{64}$/)
    })
  )

  it.effect("keeps the answer for 30 days, in the form of the seed", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      const kept: Array<Uint8Array> = []
      const watched = Cache.of({
        ...cache,
        put: (key, value, lifetime) =>
          Effect.andThen(
            Effect.sync(() => kept.push(value)),
            cache.put(key, value, lifetime)
          )
      })
      const { calls, engine } = counting()
      const ocr = cachedOcr(engine, watched)
      yield* ocr.recognize(image)
      const result = CachedOcrResult.parse(JSON.parse(new TextDecoder().decode(kept[0])))
      assert.strictEqual(result.text, "Monday 9:30")
      assert.strictEqual(result.confidence, 90)
      yield* TestClock.adjust("29 days")
      yield* ocr.recognize(image)
      assert.strictEqual(calls(), 1)
      yield* TestClock.adjust("2 days")
      yield* ocr.recognize(image)
      assert.strictEqual(calls(), 2)
    })
  )

  it.effect("asks again for other pixels, another size, engine, version, parameter, layout, and for tables", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      let calls = 0
      const count = () => {
        calls += 1
      }
      const asked = (service: Partial<OcrProvider["Service"]>) =>
        cachedOcr(
          counting({
            ...service,
            recognize: () => Effect.sync(count).pipe(Effect.as(words)),
            recognizePage: () => Effect.sync(count).pipe(Effect.as({ words, tables: [] }))
          }).engine,
          cache
        )
      const made = asked({})
      const questions = [
        made.recognize(image),
        made.recognize(imageOf(8)),
        made.recognize({ ...image, widthPx: 2, heightPx: 4 }),
        made.recognize(image, { layout: "line" }),
        made.recognizePage!(image),
        asked({ engine: "made@2" }).recognize(image),
        asked({ parameters: { languages: "eng" } }).recognize(image),
        asked({ parameters: { languages: "fra" } }).recognize(image)
      ]
      yield* Effect.all(questions)
      assert.strictEqual(calls, questions.length)
      yield* Effect.all(questions)
      assert.strictEqual(calls, questions.length)
    })
  )

  it.effect("keeps tables too, and makes out none where the engine does not", () =>
    Effect.gen(function* () {
      const box = { x: 0, y: 0, width: 2, height: 1 }
      const page = { words, tables: [{ cells: [{ rowIndex: 0, columnIndex: 0, rowSpan: 1, columnSpan: 2, box }] }] }
      const cache = MemoryCache.make()
      const ocr = cachedOcr(counting({ recognizePage: () => Effect.succeed(page) }).engine, cache)
      for (let times = 0; times < 2; times++) {
        const found = yield* ocr.recognizePage!(image)
        assert.deepStrictEqual([found.words, found.tables], [page.words, page.tables])
      }
      assert.isUndefined(cachedOcr(counting().engine, cache).recognizePage)
    })
  )

  it.effect("asks once for what several want at once, and the others find it in the cache", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      const { calls, engine } = counting()
      const slow = { ...engine, recognize: () => Effect.delay(engine.recognize(image), "1 second") }
      const hits: Array<CacheHit> = []
      const onHit = (hit: CacheHit) => Effect.sync(() => void hits.push(hit))
      // Each run wraps the engine anew; what they share is the cache.
      const reads = [1, 2, 3].map(() => cachedOcr(slow, cache, { onHit }).recognize(image))
      const all = yield* Effect.forkChild(Effect.all(reads, { concurrency: "unbounded" }))
      yield* TestClock.adjust("1 second")
      assert.deepStrictEqual(yield* Fiber.join(all), [words, words, words])
      assert.deepStrictEqual([calls(), hits.length], [1, 2])
    })
  )

  it.effect("lets the next one ask when the first of several fails or is interrupted", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      const error = new OcrError({ engine: "made@1", reason: new EngineUnavailable({ cause: "busy" }) })
      const ends = [Effect.fail(error), Effect.never, Effect.succeed(words)]
      const { engine } = counting({ recognize: () => Effect.suspend(() => ends.shift() ?? Effect.die("asked again")) })
      const ocr = cachedOcr(engine, cache)
      const [failed, interrupted, ...others] = yield* Effect.forEach([1, 2, 3, 4], () =>
        Effect.forkChild(ocr.recognize(image), { startImmediately: true })
      )
      assert.strictEqual(yield* Effect.flip(Fiber.join(failed!)), error)
      yield* Fiber.interrupt(interrupted!)
      for (const other of others) assert.deepStrictEqual(yield* Fiber.join(other), words)
    })
  )

  it.effect("waits for nobody where one cached engine stands in another", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      const { calls, engine } = counting()
      assert.deepStrictEqual(yield* cachedOcr(cachedOcr(engine, cache), cache).recognize(image), words)
      assert.strictEqual(calls(), 1)
    })
  )

  it.effect("keeps no failure", () =>
    Effect.gen(function* () {
      const error = new OcrError({ engine: "made@1", reason: new EngineUnavailable({ cause: "busy" }) })
      const answers = [Effect.fail(error), Effect.succeed(words)]
      const { engine } = counting({
        recognize: () => Effect.suspend(() => answers.shift() ?? Effect.die("asked again"))
      })
      const ocr = cachedOcr(engine, MemoryCache.make())
      assert.strictEqual(yield* Effect.flip(ocr.recognize(image)), error)
      assert.deepStrictEqual(yield* ocr.recognize(image), words)
    })
  )

  it.effect("reads by itself where the cache fails, or holds something else", () =>
    Effect.gen(function* () {
      const reason = new CacheUnavailable({ cause: "gone" })
      const failing = Cache.of({
        find: (key) => Effect.fail(new CacheError({ key, reason })),
        put: (key) => Effect.fail(new CacheError({ key, reason })),
        remove: () => Effect.void
      })
      assert.deepStrictEqual(yield* cachedOcr(counting().engine, failing).recognize(image), words)
      for (const text of ["", "{}", "no JSON", '{"text":"","confidence":0,"layout":[{"words":[7]}]}']) {
        const holding = Cache.of({
          ...failing,
          find: () => Effect.succeed(Option.some(new TextEncoder().encode(text)))
        })
        const { calls, engine } = counting()
        assert.deepStrictEqual(yield* cachedOcr(engine, holding).recognize(image), words)
        assert.strictEqual(calls(), 1)
      }
    })
  )
})
