import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import { readExif } from "../src/exif.ts"
import { pageOf, plain, pngChunk, withChunks } from "./images.ts"

const png = await plain([0, 0, 0]).png().toBuffer()
const jpeg = await plain([0, 0, 0]).jpeg().toBuffer()

const pngOf = (across: number, down: number, unit = 1) => {
  const data = Buffer.alloc(9)
  data.writeUInt32BE(across)
  data.writeUInt32BE(down, 4)
  data[8] = unit
  return withChunks(png, [pngChunk("pHYs", data)])
}

/** The JPEG file with a segment of an application before all others. */
const withSegment = (marker: number, name: string, content: Uint8Array) => {
  const data = Buffer.concat([Buffer.from(name, "latin1"), content])
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, marker, 0, 2 + data.length]), data, jpeg.subarray(2)])
}

const jfifOf = (across: number, down: number, unit = 1) => {
  const content = Buffer.from([1, 2, unit, 0, 0, 0, 0, 0, 0])
  content.writeUInt16BE(across, 3)
  content.writeUInt16BE(down, 5)
  return withSegment(0xe0, "JFIF\0", content)
}

/** A TIFF structure of one directory; a rational value is a pair. */
const tiffOf = (entries: Readonly<Record<number, number | readonly [number, number]>>, littleEndian: boolean) => {
  const list = Object.entries(entries)
  const rationals = 8 + 2 + 12 * list.length + 4
  const bytes = new Uint8Array(rationals + 8 * list.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d)
  view.setUint16(2, 42, littleEndian)
  view.setUint32(4, 8, littleEndian)
  view.setUint16(8, list.length, littleEndian)
  for (const [index, [tag, value]] of list.entries()) {
    const entry = 10 + 12 * index
    view.setUint16(entry, Number(tag), littleEndian)
    view.setUint16(entry + 2, typeof value === "number" ? 3 : 5, littleEndian)
    view.setUint32(entry + 4, 1, littleEndian)
    if (typeof value === "number") {
      view.setUint16(entry + 8, value, littleEndian)
      continue
    }
    const at = rationals + 8 * index
    view.setUint32(entry + 8, at, littleEndian)
    view.setUint32(at, value[0], littleEndian)
    view.setUint32(at + 4, value[1], littleEndian)
  }
  return bytes
}

const exifJpegOf = (tiff: Uint8Array) => withSegment(0xe1, "Exif\0\0", tiff)

const resolution = (perUnit: number, unit = 2) => ({
  282: [perUnit, 1] as const,
  283: [perUnit, 1] as const,
  296: unit
})

const assertDensity = Effect.fnUntraced(function* (bytes: Uint8Array, pixelsPerInch: number | null) {
  const { pointsPerPixel } = yield* pageOf(bytes)
  if (pixelsPerInch === null) return assert.isNull(pointsPerPixel)
  assert.approximately(pointsPerPixel ?? 0, 72 / pixelsPerInch, 0.001)
})

describe("density", () => {
  it.live("is taken from PNG, JFIF and EXIF, in their units", () =>
    Effect.gen(function* () {
      yield* assertDensity(pngOf(11811, 11811), 300)
      yield* assertDensity(jfifOf(200, 200), 200)
      yield* assertDensity(jfifOf(118, 118, 2), 299.7)
      yield* assertDensity(exifJpegOf(tiffOf(resolution(150), true)), 150)
      yield* assertDensity(exifJpegOf(tiffOf(resolution(100, 3), false)), 254)
      yield* assertDensity(withChunks(png, [pngChunk("eXIf", tiffOf(resolution(240), false))]), 240)
    })
  )

  it.live("is unknown where it is implausible, not square, of no unit, or a placeholder", () =>
    Effect.gen(function* () {
      const files = [
        png,
        pngOf(1000, 1000),
        pngOf(60000, 60000),
        pngOf(11811, 5905),
        pngOf(11811, 11811, 0),
        jfifOf(200, 200, 0),
        jfifOf(200, 100),
        jfifOf(0, 0),
        jfifOf(72, 72),
        exifJpegOf(tiffOf({ 282: [1, 0], 283: [1, 0] }, true))
      ]
      yield* Effect.forEach(files, (bytes) => assertDensity(bytes, null))
    })
  )
})

describe("EXIF data", () => {
  it("say the orientation in either byte order, and upright where the value is unknown", () => {
    for (const littleEndian of [true, false]) {
      const turned = readExif(tiffOf({ 274: 8 }, littleEndian)).orientation
      assert.deepStrictEqual(turned, { mirrored: false, rotation: 270 })
      for (const unknown of [0, 9, 500]) {
        const { orientation } = readExif(tiffOf({ 274: unknown }, littleEndian))
        assert.deepStrictEqual(orientation, { mirrored: false, rotation: 0 })
      }
    }
  })

  it("never make reading fail, whatever they hold", () => {
    const sound = tiffOf({ 274: 6, ...resolution(300) }, true)
    const changed = fc
      .tuple(fc.nat(sound.length), fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255))))
      .map(([length, changes]) => {
        const bytes = sound.slice()
        for (const [at, value] of changes) bytes[at] = value
        return bytes.subarray(0, length)
      })
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array()), (bytes) => {
        const { orientation, pixelsPerInch } = readExif(bytes)
        assert.include([0, 90, 180, 270], orientation.rotation)
        assert.isTrue(pixelsPerInch === null || (pixelsPerInch >= 60 && pixelsPerInch <= 1200))
      })
    )
  })
})
