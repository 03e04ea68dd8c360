import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { type OcrOptions, OcrProvider } from "@timegrid/core"
import { lineOfText, mondayMaths } from "@timegrid/testing"
import { Effect, Fiber } from "effect"
import { TesseractOcr } from "../src/index.ts"
import { isRunning, watchThreads } from "./threads.ts"

const readLine = OcrProvider.use((ocr) => ocr.recognize(lineOfText.image, { layout: "line" })).pipe(
  Effect.map((words) => words.map(({ text }) => text))
)

const scopedFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "timegrid-tesseract-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true }))
)

describe("TesseractOcr threads", () => {
  it.live("none starts before the first call, and calls one after another share one", () =>
    Effect.gen(function* () {
      const threads = yield* watchThreads
      yield* Effect.gen(function* () {
        assert.strictEqual((yield* OcrProvider).concurrency, 3)
        assert.lengthOf(threads, 0)
        yield* readLine
        yield* readLine
        assert.lengthOf(threads, 1)
      }).pipe(Effect.provide(TesseractOcr.layer({ workers: 3 })))
      assert.isEmpty(threads.filter(isRunning))
    })
  )

  it.live("many calls at once start no more than may run", () =>
    Effect.gen(function* () {
      const threads = yield* watchThreads
      const calls = Array.from({ length: 7 }, () => readLine)
      yield* Effect.all(calls, { concurrency: "unbounded" }).pipe(Effect.provide(TesseractOcr.layer({ workers: 2 })))
      assert.lengthOf(threads, 2)
    })
  )

  it.live("one that dies fails its own call, and the next call gets another", () =>
    Effect.gen(function* () {
      const threads = yield* watchThreads
      yield* Effect.gen(function* () {
        const ocr = yield* OcrProvider
        yield* readLine
        const fiber = yield* Effect.forkChild(Effect.flip(ocr.recognize(mondayMaths.image)))
        yield* Effect.sleep(10)
        yield* Effect.promise(() => threads[0]!.terminate())
        const error = yield* Fiber.join(fiber)
        assert.strictEqual(error.reason._tag, "EngineUnavailable")
        assert.strictEqual(error.pageNumber, mondayMaths.image.pageNumber)
        assert.deepStrictEqual(yield* readLine, lineOfText.words)
      }).pipe(Effect.provide(TesseractOcr.layer({ workers: 1 })))
    })
  )

  it.live("one that dies while it waits is not missed", () =>
    Effect.gen(function* () {
      const threads = yield* watchThreads
      yield* Effect.gen(function* () {
        yield* readLine
        yield* Effect.promise(() => threads[0]!.terminate())
        assert.deepStrictEqual(yield* readLine, lineOfText.words)
      }).pipe(Effect.provide(TesseractOcr.layer({ workers: 1 })))
    })
  )

  it.live("none starts after the layer is closed: the call fails", () =>
    Effect.gen(function* () {
      const threads = yield* watchThreads
      const ocr = yield* Effect.provide(OcrProvider, TesseractOcr.layer())
      const error = yield* Effect.flip(ocr.recognize(lineOfText.image))
      assert.strictEqual(error.reason._tag, "EngineUnavailable")
      assert.lengthOf(threads, 0)
    })
  )
})

describe("TesseractOcr languages", () => {
  it.live.each(["xyz", "../eng", "eng+eng"])("one that is not installed fails the layer: %s", (language) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Effect.provide(readLine, TesseractOcr.layer({ languages: [language] })))
      assert.strictEqual(error.reason._tag, "EngineUnavailable")
      assert.include(String(Reflect.get(Object(error.reason.cause), "message")), `"${language}"`)
    })
  )

  it.live("one whose data is broken fails the call and leaves no thread", () =>
    Effect.gen(function* () {
      const threads = yield* watchThreads
      const languageDataPath = yield* scopedFolder
      yield* Effect.promise(() => writeFile(join(languageDataPath, "eng.traineddata"), "no model at all"))
      const error = yield* Effect.flip(Effect.provide(readLine, TesseractOcr.layer({ languageDataPath })))
      assert.strictEqual(error.reason._tag, "EngineUnavailable")
      assert.lengthOf(threads, 1)
      assert.isEmpty(threads.filter(isRunning))
    })
  )

  it.live("several are read together, from packages", () =>
    Effect.gen(function* () {
      const words = yield* Effect.provide(readLine, TesseractOcr.layer({ languages: ["fra", "eng"] }))
      assert.deepStrictEqual(words, lineOfText.words)
    })
  )

  it.live("French is there to be told of, and a thread goes over from one language to another and back", () =>
    Effect.gen(function* () {
      const threads = yield* watchThreads
      yield* Effect.gen(function* () {
        const ocr = yield* OcrProvider
        assert.isTrue(ocr.languages?.includes("fr"))
        assert.isFalse(ocr.languages?.includes("en"))
        const read = (told: OcrOptions) => ocr.recognize(lineOfText.image, { layout: "line", ...told })
        const before = yield* read({})
        const french = yield* read({ language: "fr" })
        assert.deepStrictEqual(yield* read({}), before)
        assert.deepStrictEqual(yield* read({ language: "fr" }), french)
        assert.notDeepEqual(french, before)
        assert.lengthOf(threads, 1)
      }).pipe(Effect.provide(TesseractOcr.layer({ workers: 1 })))
    })
  )

  it.live("what pages are read in anyway is nothing to be told of", () =>
    Effect.gen(function* () {
      assert.isFalse((yield* OcrProvider).languages?.includes("fr"))
    }).pipe(Effect.provide(TesseractOcr.layer({ languages: ["eng", "fra"] })))
  )

  it.live("a folder of the user's own is enough", () =>
    Effect.gen(function* () {
      const packageFolder = dirname(createRequire(import.meta.url).resolve("@tesseract.js-data/fra/package.json"))
      const languageDataPath = join(packageFolder, "4.0.0_best_int")
      const words = yield* Effect.provide(readLine, TesseractOcr.layer({ languages: ["fra"], languageDataPath }))
      assert.deepStrictEqual(words, lineOfText.words)
    })
  )
})

it.live("a light line on dark is read as a dark one on light", () =>
  Effect.gen(function* () {
    const ocr = yield* OcrProvider
    const negative = { ...lineOfText.image, data: lineOfText.image.data.map((level) => 255 - level) }
    const words = yield* ocr.recognize(negative, { layout: "line" })
    assert.deepStrictEqual(words, yield* ocr.recognize(lineOfText.image, { layout: "line" }))
    assert.deepStrictEqual(
      words.map(({ text }) => text),
      lineOfText.words
    )
  }).pipe(Effect.provide(TesseractOcr.layer({ workers: 1 })))
)

it.live("an image beyond what the engine can hold fails, and the next one is read", () =>
  Effect.gen(function* () {
    const ocr = yield* OcrProvider
    const data = new Uint8Array(40_000 * 4).fill(255, 4)
    const error = yield* Effect.flip(ocr.recognize({ pageNumber: 1, widthPx: 40_000, heightPx: 4, channels: 1, data }))
    assert.strictEqual(error.reason._tag, "UnreadableImage")
    assert.deepStrictEqual(yield* readLine, lineOfText.words)
  }).pipe(Effect.provide(TesseractOcr.layer({ workers: 1 })))
)
