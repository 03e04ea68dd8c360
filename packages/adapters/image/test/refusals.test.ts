import { deflateSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { type DocumentErrorCode, defaultLimits } from "@timegrid/core"
import { Effect } from "effect"
import { reader } from "../src/index.ts"
import {
  jpegMarkerAt,
  mosaic,
  pixelsOf,
  plain,
  pngChunk,
  pngHeaderEnd,
  withChunks,
  withJpegSize,
  withPngSize
} from "./images.ts"

const scene = () =>
  mosaic([
    [
      [200, 30, 30],
      [30, 160, 30]
    ],
    [
      [30, 30, 200],
      [220, 220, 40]
    ]
  ])
const png = await scene().png().toBuffer()
const jpeg = await scene().jpeg({ quality: 95 }).toBuffer()
const progressive = await scene().jpeg({ progressive: true }).toBuffer()

const codeOfCheck = (bytes: Uint8Array, limits = {}) =>
  Effect.map(Effect.flip(reader.check(bytes, { ...defaultLimits, ...limits })), ({ code }) => code)

const assertRefused = Effect.fnUntraced(function* (files: ReadonlyArray<Uint8Array>, code: DocumentErrorCode) {
  for (const [index, file] of files.entries()) assert.strictEqual(yield* codeOfCheck(file), code, `file ${index}`)
})

/** The bytes with some of them changed. */
const damaged = (bytes: Uint8Array, from: number, count: number) => {
  const changed = Uint8Array.from(bytes)
  for (let at = from; at < from + count; at++) changed[at] = changed[at]! ^ 0x55
  return changed
}

describe("what is no image of a known kind", () => {
  it("is not recognised, whatever its name was", async () => {
    const text = (content: string) => new TextEncoder().encode(content)
    const files = [
      await plain([0, 0, 0]).gif().toBuffer(),
      await plain([0, 0, 0]).webp().toBuffer(),
      await plain([0, 0, 0]).tiff().toBuffer(),
      text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      text("<!doctype html><img src=week.png>"),
      text("PNG"),
      png.subarray(0, 7),
      png.subarray(1)
    ]
    for (const bytes of files) assert.isNull(reader.recognize(bytes))
  })

  it.effect("is refused by type where it is checked all the same", () =>
    assertRefused([new TextEncoder().encode("<svg/>")], "unsupported_type")
  )
})

describe("size", () => {
  it.effect("that a tiny file declares counts, before anything is decoded", () =>
    Effect.gen(function* () {
      const files = [
        withPngSize(png, 60_000, 60_000),
        withPngSize(png, 0x7fffffff, 0x7fffffff),
        withPngSize(png, 60_000, 60_000).subarray(0, 60),
        withJpegSize(jpeg, 65_000, 65_000)
      ]
      for (const file of files) assert.isBelow(file.length, 2000)
      yield* assertRefused(files, "image_too_large")
    })
  )

  it.effect("may be exactly the limit, and not a pixel more", () =>
    Effect.gen(function* () {
      for (const bytes of [png, jpeg]) {
        yield* reader.check(bytes, { ...defaultLimits, imagePixels: 1024 })
        assert.strictEqual(yield* codeOfCheck(bytes, { imagePixels: 1023 }), "image_too_large")
      }
    })
  )

  it.effect("must be stated once, and not be nothing", () => {
    const frame = jpegMarkerAt(jpeg, 0xc0)
    const frameEnd = frame + 2 + jpeg.readUInt16BE(frame + 2)
    const twice = Buffer.concat([jpeg.subarray(0, frameEnd), jpeg.subarray(frame)])
    return assertRefused(
      [withPngSize(png, 0, 5), withPngSize(png, 5, 0), withJpegSize(jpeg, 0, 5), withJpegSize(jpeg, 5, 0), twice],
      "corrupt_file"
    )
  })

  it.live("other than that of the pixels is found when they are decoded", () =>
    Effect.gen(function* () {
      for (const bytes of [withPngSize(png, 32, 4000), withJpegSize(jpeg, 32, 4000)]) {
        assert.strictEqual((yield* Effect.flip(pixelsOf(bytes))).code, "corrupt_file")
      }
    })
  )
})

describe("scans", () => {
  const lastScan = progressive.lastIndexOf(Buffer.from([0xff, 0xda]))
  const scan = progressive.subarray(lastScan, -2)
  const end = progressive.subarray(-2)
  const scansOf = (bytes: Uint8Array) => {
    let count = 0
    for (let at = 0; at + 1 < bytes.length; at++) if (bytes[at] === 0xff && bytes[at + 1] === 0xda) count++
    return count
  }

  it.effect("more than allowed are refused however small the file is", () =>
    Effect.gen(function* () {
      const repeated = Array.from({ length: 101 }, () => scan)
      const bomb = Buffer.concat([progressive.subarray(0, -2), ...repeated, end])
      assert.isBelow(bomb.length, 10_000)
      assert.strictEqual(yield* codeOfCheck(bomb), "decompression_bomb")
    })
  )

  it.effect("are counted exactly", () =>
    Effect.gen(function* () {
      const count = scansOf(progressive)
      assert.isAbove(count, 3)
      yield* reader.check(progressive, { ...defaultLimits, jpegScans: count })
      assert.strictEqual(yield* codeOfCheck(progressive, { jpegScans: count - 1 }), "decompression_bomb")
    })
  )
})

describe("packed text", () => {
  it.live("costs nothing, because it never reaches the decoder", () =>
    Effect.gen(function* () {
      const text = pngChunk("zTXt", Buffer.concat([Buffer.from("k\0\0"), deflateSync(Buffer.alloc(7_000_000))]))
      const bomb = withChunks(
        png,
        Array.from({ length: 400 }, () => text)
      )
      assert.isBelow(bomb.length, 4_000_000)
      assert.deepStrictEqual(yield* pixelsOf(bomb), yield* pixelsOf(png))
    })
  )
})

describe("damage", () => {
  it.effect("a file that is cut off anywhere is corrupt", () =>
    Effect.gen(function* () {
      for (const bytes of [png, jpeg, progressive]) {
        for (let length = 8; length < bytes.length; length += 7) {
          assert.strictEqual(yield* codeOfCheck(bytes.subarray(0, length)), "corrupt_file", `${length} bytes`)
        }
        assert.strictEqual(yield* codeOfCheck(bytes.subarray(0, -1)), "corrupt_file")
      }
    })
  )

  it.effect("a header that its checksum belies, an unknown format, no pixels: corrupt", () => {
    const header = Buffer.from(png.subarray(16, 29))
    const withHeader = (at: number, value: number) => {
      const changed = Buffer.from(header)
      changed[at] = value
      return Buffer.concat([png.subarray(0, 8), pngChunk("IHDR", changed), png.subarray(pngHeaderEnd)])
    }
    const end = pngChunk("IEND", new Uint8Array(0))
    const scan = jpegMarkerAt(jpeg, 0xda)
    return assertRefused(
      [
        damaged(png, 18, 1),
        withHeader(8, 3),
        withHeader(9, 5),
        withHeader(10, 1),
        withHeader(11, 1),
        withHeader(12, 2),
        Buffer.concat([png.subarray(0, pngHeaderEnd), end]),
        Buffer.concat([png.subarray(0, 8), png.subarray(pngHeaderEnd)]),
        withChunks(png, [pngChunk("I AT", new Uint8Array(0))]),
        Buffer.concat([jpeg.subarray(0, scan), jpeg.subarray(-2)]),
        Buffer.concat([jpeg.subarray(0, 2), jpeg]),
        Buffer.from([0xff, 0xd8, 0xff, 0xd9])
      ],
      "corrupt_file"
    )
  })

  it.live("in the pixels is met when they are rendered, each time", () =>
    Effect.gen(function* () {
      const pngPixels = png.indexOf("IDAT") + 8
      const jpegPixels = jpegMarkerAt(jpeg, 0xda) + 14
      const half = Buffer.concat([jpeg.subarray(0, jpegPixels + 4), jpeg.subarray(-2)])
      for (const bytes of [damaged(png, pngPixels, 8), half]) {
        const document = yield* reader.open(bytes, defaultLimits)
        for (const attempt of [1, 2]) {
          assert.strictEqual((yield* Effect.flip(document.render(1))).code, "corrupt_file", `attempt ${attempt}`)
        }
      }
    })
  )
})
