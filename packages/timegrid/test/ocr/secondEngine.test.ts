import { assert, describe, it } from "@effect/vitest"
import {
  EngineNotInstalled,
  EngineUnavailable,
  OcrError,
  OcrProvider,
  type PageImage,
  UnreadableImage,
  type Word
} from "@timegrid/core"
import { Effect, Layer } from "effect"
import { withSecondEngine } from "../../src/ocr/secondEngine.ts"

const image: PageImage = { pageNumber: 1, widthPx: 1, heightPx: 1, channels: 1, data: new Uint8Array(1) }

const wordOf = (engine: string): Word => ({
  text: "9:00",
  box: { x: 0, y: 0, width: 1, height: 1 },
  rotation: 0,
  source: "ocr",
  engine,
  confidence: 0.5,
  style: null
})

const reading = (engine: string) =>
  Layer.succeed(
    OcrProvider,
    OcrProvider.of({
      engine,
      granularity: "crop",
      concurrency: 1,
      recognize: () => Effect.succeed([wordOf(engine)])
    })
  )

const failing = (engine: string, reason: OcrError["reason"]) => {
  const calls: Array<PageImage> = []
  const layer = Layer.succeed(
    OcrProvider,
    OcrProvider.of({
      engine,
      granularity: "crop",
      concurrency: 1,
      recognize: (image) => {
        calls.push(image)
        return Effect.fail(new OcrError({ engine, reason }))
      }
    })
  )
  return { calls, layer }
}

/** The engines of the words of two calls, one after the other. */
const readTwice = OcrProvider.use((ocr) =>
  Effect.forEach([1, 2], () => Effect.map(ocr.recognize(image), (words) => words.map(({ engine }) => engine)))
)

describe("a first engine with a second that may not be there", () => {
  it.effect("asks both, and builds the second with the first image", () =>
    Effect.gen(function* () {
      let built = 0
      const second = Layer.unwrap(
        Effect.sync(() => {
          built++
          return reading("second")
        })
      )
      const before = yield* OcrProvider.use(() => Effect.sync(() => built)).pipe(
        Effect.provide(withSecondEngine(reading("first"), second))
      )
      assert.strictEqual(before, 0)
      const engines = yield* Effect.provide(readTwice, withSecondEngine(reading("first"), second))
      assert.deepStrictEqual(engines, [["first+second"], ["first+second"]])
      assert.strictEqual(built, 1)
    })
  )

  it.effect("takes as many calls at once as both do, as long as there are two", () =>
    Effect.gen(function* () {
      const concurrencies = OcrProvider.use((ocr) =>
        Effect.gen(function* () {
          const before = ocr.concurrency
          yield* ocr.recognize(image)
          return [before, ocr.concurrency]
        })
      )
      const absent = failing("second", new EngineUnavailable({ cause: "no library for this machine" }))
      const [first, second] = [reading("first"), reading("second")]
      assert.deepStrictEqual(yield* Effect.provide(concurrencies, withSecondEngine(first, second)), [1, 2])
      assert.deepStrictEqual(yield* Effect.provide(concurrencies, withSecondEngine(first, absent.layer)), [1, 1])
    })
  )

  it.effect("reads with the first alone where the second is not installed", () =>
    Effect.gen(function* () {
      const error = new OcrError({ engine: "auto", reason: new EngineNotInstalled({ packageName: "second" }) })
      const second = Layer.effect(OcrProvider, Effect.fail(error))
      const engines = yield* Effect.provide(readTwice, withSecondEngine(reading("first"), second))
      assert.deepStrictEqual(engines, [["first"], ["first"]])
    })
  )

  it.effect("asks the second no more once it has said that it cannot run here", () =>
    Effect.gen(function* () {
      const second = failing("second", new EngineUnavailable({ cause: "no library for this machine" }))
      const engines = yield* Effect.provide(readTwice, withSecondEngine(reading("first"), second.layer))
      assert.deepStrictEqual(engines, [["first"], ["first"]])
      assert.lengthOf(second.calls, 1)
    })
  )

  it.effect("fails where the first cannot run, and where the second cannot read an image", () =>
    Effect.gen(function* () {
      const first = failing("first", new EngineUnavailable({ cause: "gone" }))
      const second = failing("second", new UnreadableImage({ cause: "no image" }))
      const failureOf = (layer: Layer.Layer<OcrProvider, OcrError>) =>
        Effect.flip(Effect.provide(readTwice, layer)).pipe(Effect.map(({ message }) => message))
      assert.strictEqual(
        yield* failureOf(withSecondEngine(first.layer, reading("second"))),
        "first: EngineUnavailable: gone"
      )
      assert.strictEqual(
        yield* failureOf(withSecondEngine(reading("first"), second.layer)),
        "second: UnreadableImage: no image"
      )
    })
  )
})
