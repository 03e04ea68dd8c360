import type { Worker } from "node:worker_threads"
import { assert, describe, it } from "@effect/vitest"
import { OcrProvider, type PageImage } from "@timegrid/core"
import { lineOfText, mondayMaths } from "@timegrid/testing"
import { Effect } from "effect"
import { PaddleOcr } from "../src/index.ts"
import { quarterTurn } from "../src/pixels.ts"

const textsOf = (image: PageImage, layout: "line" | "page") =>
  OcrProvider.use((ocr) => ocr.recognize(image, { layout })).pipe(Effect.map((words) => words.map(({ text }) => text)))

describe("PaddleOcr", () => {
  it.live("a thread that dies fails one call, which can be tried again on another", () =>
    Effect.gen(function* () {
      const threads: Array<Worker> = []
      const note = (thread: Worker) => threads.push(thread)
      yield* Effect.acquireRelease(
        Effect.sync(() => process.on("worker", note)),
        () => Effect.sync(() => process.off("worker", note))
      )
      yield* textsOf(lineOfText.image, "line")
      yield* Effect.promise(() => threads[0]!.terminate())
      const error = yield* Effect.flip(textsOf(lineOfText.image, "line"))
      assert.strictEqual(error.reason._tag, "EngineUnavailable")
      assert.isTrue(error.isRetryable)
      assert.deepStrictEqual(yield* textsOf(lineOfText.image, "line"), lineOfText.words)
    }).pipe(Effect.provide(PaddleOcr.layer({ workers: 1 })))
  )

  it.live("knows what it can spell", () =>
    Effect.gen(function* () {
      const covers = (yield* OcrProvider).covers!
      for (const text of ["Monday 9:30-10:15", "Récréation", "à 8 h"]) assert.isTrue(covers(text), text)
      for (const letter of "êçûîôœëï") assert.isFalse(covers(`t${letter}te`), letter)
    }).pipe(Effect.provide(PaddleOcr.layer()))
  )

  it.live("reads a turned line either way, with its box on the page as it lies", () =>
    Effect.gen(function* () {
      const { pageNumber, ...level } = lineOfText.image
      const ocr = yield* OcrProvider
      const [word] = yield* ocr.recognize(lineOfText.image, { layout: "line" })
      const data = level.data.map((value, index) =>
        index % level.widthPx < word!.box.x + word!.box.width + 6 ? value : 255
      )
      const upwards = quarterTurn({ ...level, data })
      const downwards = quarterTurn(quarterTurn(upwards))
      for (const [turned, rotation] of [
        [upwards, 270],
        [downwards, 90]
      ] as const) {
        const [read, ...others] = yield* ocr.recognize({ pageNumber, ...turned })
        assert.lengthOf(others, 0)
        assert.strictEqual(read!.text, word!.text)
        assert.strictEqual(read!.rotation, rotation)
        const bottomUp = rotation === 270
        assert.closeTo(read!.box.x, bottomUp ? word!.box.y : turned.widthPx - word!.box.y - word!.box.height, 3)
        assert.closeTo(read!.box.y, bottomUp ? turned.heightPx - word!.box.x - word!.box.width : word!.box.x, 3)
        assert.closeTo(read!.box.height, word!.box.width, 4)
      }
    }).pipe(Effect.provide(PaddleOcr.layer({ workers: 1 })))
  )

  it.live("finds as much on a page that is larger than what the detector looks at", () =>
    Effect.gen(function* () {
      const { image, words } = mondayMaths
      const scale = 4
      const data = new Uint8Array(image.data.length * scale * scale)
      const widthPx = image.widthPx * scale
      for (let index = 0; index < data.length; index++) {
        const x = Math.floor((index % widthPx) / scale)
        const y = Math.floor(index / widthPx / scale)
        data[index] = image.data[y * image.widthPx + x]!
      }
      const large = { ...image, widthPx, heightPx: image.heightPx * scale, data }
      assert.deepStrictEqual(yield* textsOf(large, "page"), words)
    }).pipe(Effect.provide(PaddleOcr.layer({ workers: 1 })))
  )
})
