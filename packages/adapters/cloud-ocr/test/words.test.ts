import { assert, describe, it } from "@effect/vitest"
import { OcrProvider, type Rotation } from "@timegrid/core"
import { lineOfText, mondayMaths } from "@timegrid/testing"
import { Effect } from "effect"
import sharp from "sharp"
import { type Polygon, polygonOf } from "../src/shared/Polygon.ts"
import { vendors } from "./servers/index.ts"
import type { MadePage } from "./servers/MadePage.ts"
import { serve, type Vendor } from "./servers/Vendor.ts"

const { image } = lineOfText

/** A page that shows what is said, wherever that is. */
const showing =
  (...words: ReadonlyArray<readonly [text: string, polygon: Polygon]>) =>
  (): Promise<MadePage> => {
    const { heightPx, widthPx } = image
    const line = words.map(([text, polygon]) => ({ text, polygon, confidence: 0.9 }))
    return Promise.resolve({ widthPx, heightPx, lines: [line], tables: [] })
  }

const read = (vendor: Vendor, page: () => Promise<MadePage>) =>
  Effect.gen(function* () {
    const { url } = yield* serve(vendor, { read: page })
    return yield* OcrProvider.use((ocr) => ocr.recognize(image)).pipe(Effect.provide(vendor.layer(url)))
  })

const box = polygonOf({ x: 10, y: 10, width: 80, height: 20 })

const turned = (degrees: Rotation) =>
  Effect.promise(async () => {
    const { heightPx: height, widthPx: width } = mondayMaths.image
    const { data, info } = await sharp(mondayMaths.image.data, { raw: { width, height, channels: 1 } })
      .rotate(degrees)
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true })
    return { ...mondayMaths.image, widthPx: info.width, heightPx: info.height, data: new Uint8Array(data) }
  })

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))("words of %s", (_, vendor) => {
  it.live("control characters are no part of them, and white space parts them", () =>
    Effect.gen(function* () {
      const words = yield* read(vendor, showing(["9:\u000030", box], ["\u0000", box], ["Art\u200b\tRoom", box]))
      assert.deepStrictEqual(
        words.map(({ text }) => text),
        ["9:30", "Art", "Room"]
      )
    })
  )

  it.live("boxes that reach over the edge of the page end there", () =>
    Effect.gen(function* () {
      const [word] = yield* read(vendor, showing(["Art", polygonOf({ x: -5, y: -5, width: 4_000, height: 30 })]))
      assert.deepStrictEqual(word?.box, { x: 0, y: 0, width: image.widthPx, height: 25 })
    })
  )

  it.live("a box off the page shows that the answer is about another image", () =>
    Effect.gen(function* () {
      const off = polygonOf({ x: 5_000, y: 5_000, width: 40, height: 20 })
      const error = yield* Effect.flip(read(vendor, showing(["Monday", box], ["Art", off])))
      assert.strictEqual(error.reason._tag, "ResponseMalformed")
    })
  )

  it.live("a page with writing on which the service finds none has none", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* read(vendor, showing()), [])
    })
  )

  it.live.each([90, 180, 270] as const)("of a page that lies turned run as it lies: %s degrees", (degrees) =>
    Effect.gen(function* () {
      const lies = yield* turned(degrees)
      const { url } = yield* serve(vendor)
      const words = yield* OcrProvider.use((ocr) => ocr.recognize(lies)).pipe(Effect.provide(vendor.layer(url)))
      assert.deepStrictEqual(
        words.map(({ text }) => text),
        mondayMaths.words
      )
      for (const word of words) {
        assert.strictEqual(word.rotation, degrees)
        const { height, width } = word.box
        assert.isTrue(degrees === 180 ? width > height / 2 : height > width / 2, JSON.stringify(word))
      }
    })
  )

  it.live("carry the name of the engine and the tier", () =>
    Effect.gen(function* () {
      const ocr = yield* Effect.provide(OcrProvider, vendor.layer("http://127.0.0.1:9"))
      assert.match(ocr.engine, /^[a-z-]+@\S+$/)
      assert.deepStrictEqual([ocr.tier, ocr.granularity], ["cloud_ocr", "page"])
    })
  )
})
