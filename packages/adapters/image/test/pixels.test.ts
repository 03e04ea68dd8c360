import { assert, describe, it } from "@effect/vitest"
import { defaultLimits } from "@timegrid/core"
import { Effect } from "effect"
import sharp, { type Sharp } from "sharp"
import { reader } from "../src/index.ts"
import {
  type Color,
  colorAt,
  jpegMarkerAt,
  mosaic,
  pageOf,
  pixelsOf,
  plain,
  pngChunk,
  squarePx,
  withChunks
} from "./images.ts"

const blue: Color = [40, 80, 160]
const orange: Color = [230, 140, 40]
const white: Color = [255, 255, 255]

/** Rounding, and what JPEG loses. */
const tolerance = 4

const bufferOf = (image: Sharp) => Effect.promise(() => image.toBuffer())

const assertColor = (actual: ReadonlyArray<number>, expected: Color, within = tolerance) => {
  assert.strictEqual(actual.length, 3)
  for (const [index, level] of expected.entries()) assert.approximately(actual[index]!, level, within, `${actual}`)
}

const gray = (channels: 1 | 2, data: ReadonlyArray<number>) =>
  sharp(Uint8Array.from(data), { raw: { width: data.length / channels, height: 1, channels } })

describe("colours", () => {
  it.live("16 bits a sample become 8", () =>
    Effect.gen(function* () {
      const bytes = yield* bufferOf(plain(blue).toColourspace("rgb16").png())
      assert.strictEqual(bytes[24], 16, "the sample has 16 bits")
      assertColor(colorAt(yield* pixelsOf(bytes), 5, 5), blue)
    })
  )

  it.live("gray of 1, 8 and 16 bits becomes red, green and blue alike", () =>
    Effect.gen(function* () {
      const eight = yield* bufferOf(gray(1, [0, 100, 255]).toColourspace("b-w").png())
      const sixteen = yield* bufferOf(gray(1, [0, 100, 255]).toColourspace("grey16").png())
      const one = yield* bufferOf(gray(1, [0, 0, 255]).toColourspace("b-w").png({ palette: true, colours: 2 }))
      const jpeg = yield* bufferOf(
        sharp(yield* bufferOf(plain([90, 90, 90]).png()))
          .toColourspace("b-w")
          .jpeg()
      )
      for (const bytes of [eight, sixteen]) {
        const image = yield* pixelsOf(bytes)
        assertColor(colorAt(image, 0, 0), [0, 0, 0])
        assertColor(colorAt(image, 1, 0), [100, 100, 100])
        assertColor(colorAt(image, 2, 0), white)
      }
      assert.isBelow(one[24]!, 8, "the sample has few bits")
      assertColor(colorAt(yield* pixelsOf(one), 0, 0), [0, 0, 0])
      assertColor(colorAt(yield* pixelsOf(one), 2, 0), white)
      assertColor(colorAt(yield* pixelsOf(jpeg), 3, 3), [90, 90, 90])
    })
  )

  it.live("what is transparent shows white paper, in colour, gray and a palette", () =>
    Effect.gen(function* () {
      const clear = sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      const half = sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } } })
      const grayAlpha = gray(2, [0, 0, 0, 255]).toColourspace("b-w").png()
      assertColor(colorAt(yield* pixelsOf(yield* bufferOf(clear.clone().png())), 1, 1), white)
      assertColor(colorAt(yield* pixelsOf(yield* bufferOf(clear.clone().png({ palette: true }))), 1, 1), white)
      assertColor(colorAt(yield* pixelsOf(yield* bufferOf(half.clone().png())), 1, 1), [128, 128, 128])
      assertColor(colorAt(yield* pixelsOf(yield* bufferOf(half.toColourspace("rgb16").png())), 1, 1), [128, 128, 128])
      const image = yield* pixelsOf(yield* bufferOf(grayAlpha))
      assertColor(colorAt(image, 0, 0), white)
      assertColor(colorAt(image, 1, 0), [0, 0, 0])
    })
  )

  it.live("CMYK becomes what a screen shows of it", () =>
    Effect.gen(function* () {
      const bytes = yield* bufferOf(plain(blue).toColourspace("cmyk").jpeg({ quality: 100 }))
      assert.strictEqual(bytes[jpegMarkerAt(bytes, 0xc0) + 9], 4, "the sample has four channels")
      // Inks cannot show every colour of a screen.
      assertColor(colorAt(yield* pixelsOf(bytes), 5, 5), blue, 40)
    })
  )
})

describe("kinds of files", () => {
  it.live("interlaced PNG and progressive JPEG are read like others", () =>
    Effect.gen(function* () {
      const scene = () => mosaic([[blue, orange]])
      for (const image of [scene().png({ progressive: true }), scene().jpeg({ progressive: true })]) {
        const pixels = yield* pixelsOf(yield* bufferOf(image))
        assertColor(colorAt(pixels, 8, 8), blue, 8)
        assertColor(colorAt(pixels, 24, 8), orange, 8)
      }
    })
  )

  it.live("an animated PNG is its first frame", () =>
    Effect.gen(function* () {
      const still = yield* bufferOf(plain(blue, 8, 8).png())
      const frame = (sequence: number) => {
        const control = Buffer.alloc(26)
        control.writeUInt32BE(sequence)
        control.writeUInt32BE(8, 4)
        control.writeUInt32BE(8, 8)
        return pngChunk("fcTL", control)
      }
      const animated = withChunks(still, [pngChunk("acTL", Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])), frame(0)])
      const second = yield* bufferOf(plain(orange, 8, 8).png())
      const data = Buffer.from(second)
      const from = data.indexOf("IDAT")
      const pixels = data.subarray(from + 4, from + 4 + data.readUInt32BE(from - 4))
      const end = animated.length - 12
      const bytes = Buffer.concat([
        animated.subarray(0, end),
        frame(1),
        pngChunk("fdAT", Buffer.concat([Buffer.from([0, 0, 0, 2]), pixels])),
        animated.subarray(end)
      ])
      const page = yield* pageOf(bytes)
      assert.deepStrictEqual([page.pageNumber, page.widthPx, page.heightPx], [1, 8, 8])
      assertColor(colorAt(yield* pixelsOf(bytes), 4, 4), blue)
    })
  )

  it.live("what cameras write wrongly but harmlessly is read", () =>
    Effect.gen(function* () {
      const jpeg = yield* bufferOf(plain(blue).jpeg())
      const scan = jpegMarkerAt(jpeg, 0xda)
      const oddScan = Buffer.from(jpeg)
      // The last coefficient of the scan, which baseline decoders ignore.
      oddScan[scan + jpeg.readUInt16BE(scan + 2)] = 0
      const trailing = Buffer.concat([jpeg, Buffer.from("a second picture, as phones append it")])
      const padded = Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(3), Buffer.from([0xff, 0xff, 0xff, 0xd9])])
      for (const bytes of [oddScan, trailing, padded]) assertColor(colorAt(yield* pixelsOf(bytes), 5, 5), blue, 8)
    })
  )
})

describe("rendering", () => {
  const scene = mosaic([
    [blue, orange],
    [orange, blue]
  ]).png()

  it.live("beyond the page there is white, and the size is what was asked for", () =>
    Effect.gen(function* () {
      const bytes = yield* bufferOf(scene.clone())
      const region = { x: -10, y: 20, width: 60, height: 20 }
      const image = yield* pixelsOf(bytes, { region })
      assert.deepStrictEqual([image.widthPx, image.heightPx], [60, 20])
      assertColor(colorAt(image, 9, 0), white)
      assertColor(colorAt(image, 10, 0), orange)
      assertColor(colorAt(image, 10 + squarePx, 11), blue)
      assertColor(colorAt(image, 10, 12), white)
      assertColor(colorAt(image, 42, 0), white)
      const outside = yield* pixelsOf(bytes, { region: { x: 500, y: 500, width: 2, height: 1 } })
      assert.deepStrictEqual([...outside.data], [255, 255, 255, 255, 255, 255])
    })
  )

  it.live("a region is drawn larger and smaller", () =>
    Effect.gen(function* () {
      const bytes = yield* bufferOf(scene.clone())
      const region = { x: squarePx, y: 0, width: squarePx, height: squarePx }
      for (const scale of [0.25, 3]) {
        const image = yield* pixelsOf(bytes, { region, scale })
        assert.deepStrictEqual([image.widthPx, image.heightPx], [squarePx * scale, squarePx * scale])
        assertColor(colorAt(image, 1, 1), orange)
      }
    })
  )

  it.live("more pixels than an image may have are refused, however they are asked for", () =>
    Effect.gen(function* () {
      const bytes = yield* bufferOf(scene.clone())
      const wide = { x: 0, y: 0, width: 1e9, height: 1 }
      for (const options of [{ scale: 1e4 }, { region: wide }, { region: wide, scale: 1e-6 }]) {
        const error = yield* Effect.flip(pixelsOf(bytes, options))
        assert.strictEqual(error.code, "image_too_large")
      }
    })
  )

  it.live("the pixels of one rendering are the caller's own", () =>
    Effect.gen(function* () {
      const document = yield* reader.open(yield* bufferOf(scene.clone()), defaultLimits)
      const first = yield* document.render(1)
      first.data.fill(0)
      assertColor(colorAt(yield* document.render(1), 0, 0), blue)
    })
  )
})
