import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rotation } from "../../src/document/Page.ts"
import { cropLine, wordOnPage } from "../../src/image/crop.ts"
import type { WritingLine } from "../../src/image/writing.ts"
import { grayOf, paint, raster } from "./raster.ts"

const line = (x: number, y: number, width: number, height: number, tone = 0, ground = 255): WritingLine => ({
  box: { x, y, width, height },
  direction: "level",
  pieces: [{ x, y, width, height }],
  foreign: [],
  ground,
  tone
})

const rotation = fc.constantFrom<Rotation>(0, 90, 180, 270)

/** Middle of the dark pixels of a crop, and the box around them. */
const darkOf = ({ widthPx, data }: { readonly widthPx: number; readonly data: Uint8Array }) => {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1]
  data.forEach((level, i) => {
    if (level >= 128) return
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)]
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + 1)
    bottom = Math.max(bottom, y + 1)
  })
  return { x: left, y: top, width: right - left, height: bottom - top }
}

describe("cropLine", () => {
  it("leads the box of a mark on the crop back to the mark on the page, however the line is turned", () => {
    const place = fc.record({
      x: fc.integer({ min: 60, max: 110 }),
      y: fc.integer({ min: 50, max: 75 }),
      size: fc.integer({ min: 6, max: 14 })
    })
    fc.assert(
      fc.property(rotation, place, fc.integer({ min: 14, max: 70 }), (turned, { x, y, size }, height) => {
        const image = raster(200, 150)
        const mark = { x, y, width: size, height: size + 3 }
        paint(image, mark, 0)
        const crop = cropLine(grayOf(image), line(50, 40, 90, 60), turned, height, 1)
        const found = crop.toPage(darkOf(crop.image))
        const tolerance = Math.max(1.5, height / 40)
        expect(Math.abs(found.x - mark.x)).toBeLessThanOrEqual(tolerance)
        expect(Math.abs(found.y - mark.y)).toBeLessThanOrEqual(tolerance)
        expect(Math.abs(found.width - mark.width)).toBeLessThanOrEqual(2 * tolerance)
        expect(Math.abs(found.height - mark.height)).toBeLessThanOrEqual(2 * tolerance)
      })
    )
  })

  it.each([
    { turned: 0 as const, start: { x: 50, y: 60 } },
    { turned: 180 as const, start: { x: 130, y: 60 } }
  ])("puts the beginning of level writing at the left: $turned°", ({ turned, start }) => {
    const image = raster(200, 120)
    paint(image, { ...start, width: 8, height: 8 }, 0)
    const crop = cropLine(grayOf(image), line(50, 50, 88, 28), turned, 28, 1)
    const dark = darkOf(crop.image)
    expect(dark.x).toBeLessThan(crop.image.widthPx / 4)
  })

  it.each([
    { turned: 90 as const, start: { x: 60, y: 30 } },
    { turned: 270 as const, start: { x: 60, y: 112 } }
  ])("puts the beginning of turned writing at the left: $turned°", ({ turned, start }) => {
    const image = raster(120, 160)
    paint(image, { ...start, width: 8, height: 8 }, 0)
    const crop = cropLine(grayOf(image), line(50, 30, 28, 90), turned, 28, 1)
    expect(crop.image.widthPx).toBeGreaterThan(crop.image.heightPx)
    expect(darkOf(crop.image).x).toBeLessThan(crop.image.widthPx / 4)
  })

  it("puts the top of the letters at the top, whichever way they read", () => {
    // Read downwards, the tops of letters are at the right; read upwards, at the left.
    const tops = { 0: { x: 84, y: 50 }, 90: { x: 120, y: 74 }, 180: { x: 84, y: 92 }, 270: { x: 50, y: 74 } } as const
    for (const turned of [0, 90, 180, 270] as const) {
      const image = raster(200, 150)
      paint(image, { ...tops[turned], width: 8, height: 8 }, 0)
      const crop = cropLine(grayOf(image), line(50, 50, 78, 50), turned, 50, 1)
      expect(darkOf(crop.image).y).toBeLessThan(crop.image.heightPx / 2 - 5)
    }
  })

  it("makes light writing dark on white", () => {
    const image = raster(100, 60, 40)
    paint(image, { x: 30, y: 20, width: 20, height: 20 }, 230)
    const crop = cropLine(grayOf(image), line(30, 20, 20, 20, 230, 40), 0, 20, 1)
    const { widthPx, heightPx, data } = crop.image
    expect(data[Math.floor(heightPx / 2) * widthPx + Math.floor(widthPx / 2)]).toBe(0)
    expect(data[0]).toBe(255)
  })

  it("keeps the dots of a time that are too faint to be pieces, and no grain", () => {
    const image = raster(120, 60)
    paint(image, { x: 20, y: 20, width: 10, height: 20 }, 0)
    paint(image, { x: 40, y: 32, width: 4, height: 4 }, 150)
    paint(image, { x: 52, y: 26, width: 4, height: 4 }, 240)
    paint(image, { x: 60, y: 20, width: 10, height: 20 }, 0)
    const pieces = [20, 60].map((x) => ({ x, y: 20, width: 10, height: 20 }))
    const { image: crop, toPage } = cropLine(grayOf(image), { ...line(20, 20, 50, 20), pieces }, 0, 20, 1)
    const columns = new Set<number>()
    crop.data.forEach((level, i) => {
      if (level < 250) columns.add(Math.floor(toPage({ x: i % crop.widthPx, y: 0, width: 1, height: 1 }).x))
    })
    expect([columns.has(41), columns.has(53)]).toEqual([true, false])
  })

  it("leaves out what is not of the line: borders, and letters of other lines", () => {
    const image = raster(120, 60)
    paint(image, { x: 20, y: 20, width: 10, height: 20 }, 0)
    paint(image, { x: 50, y: 20, width: 2, height: 20 }, 0)
    const foreign = Array.from({ length: 20 }, (_, i) => ({ y: 20 + i, from: 50, to: 52 }))
    const crop = cropLine(grayOf(image), { ...line(20, 20, 60, 20), foreign }, 0, 20, 1)
    expect(crop.toPage(darkOf(crop.image)).width).toBeLessThan(13)
  })

  it("brings lines of any height to about one height, small ones not beyond fivefold", () => {
    const image = grayOf(raster(300, 300))
    const heights = [20, 40, 80].map(
      (height) => cropLine(image, line(10, 10, 200, height), 0, height, 1).image.heightPx
    )
    expect(Math.max(...heights) - Math.min(...heights)).toBeLessThanOrEqual(10)
    const small = cropLine(image, line(10, 10, 20, 2), 0, 2, 1).image
    expect(small.heightPx).toBeLessThanOrEqual((2 + 4) * 5 + 20)
  })

  it("stays within the page at its borders", () => {
    const image = raster(30, 30, 0)
    const crop = cropLine(grayOf(image), line(-5, 0, 40, 30), 0, 30, 1)
    const { x, y, width, height } = crop.toPage({
      x: 10,
      y: 10,
      width: crop.image.widthPx - 20,
      height: crop.image.heightPx - 20
    })
    expect([x, y, Math.round(width), Math.round(height)]).toEqual([0, 0, 30, 30])
  })
})

describe("wordOnPage", () => {
  it("keeps the text and says how the word is turned on the page", () => {
    const crop = cropLine(grayOf(raster(100, 100)), line(20, 20, 40, 40), 90, 40, 1)
    const box = { x: 10, y: 10, width: 20, height: 30 }
    const word = { text: "Art", box, rotation: 0, confidence: 0.9, source: "ocr", engine: "none", style: null } as const
    expect(wordOnPage(word, crop, 90)).toEqual({ ...word, rotation: 90, box: crop.toPage(box) })
  })
})
