import { describe, expect, it } from "vitest"
import type { BoundingBox } from "../../src/document/Page.ts"
import { joinRuns } from "../../src/image/components.ts"
import { inkOf } from "../../src/image/ink.ts"
import { grayOf, noisy, paint, type Raster, randomFrom, raster, word } from "./raster.ts"

const whole = ({ widthPx, heightPx }: Raster): BoundingBox => ({ x: 0, y: 0, width: widthPx, height: heightPx })

/** Pieces that `inkOf` finds on a whole raster; null where it finds no ink. */
const piecesOn = (image: Raster): number | null => {
  const ink = inkOf(grayOf(image), whole(image))
  return ink && joinRuns(ink.runs).length
}

describe("inkOf", () => {
  it("parts dark letters from a white ground", () => {
    const image = raster(120, 40)
    word(image, 10, 10, 5, 18)
    const ink = inkOf(grayOf(image), whole(image))!
    expect([ink.ground, ink.tone]).toEqual([255, 0])
    const inked = new Set(
      ink.runs.flatMap(({ from, to, y }) => Array.from({ length: to - from }, (_, i) => y * image.widthPx + from + i))
    )
    expect([...image.data].every((level, i) => inked.has(i) === (level === 0))).toBe(true)
    expect(piecesOn(image)).toBe(5)
  })

  it("parts light letters from a dark ground", () => {
    const image = raster(120, 40, 30)
    word(image, 10, 10, 4, 18, 240)
    const ink = inkOf(grayOf(image), whole(image))!
    expect(Math.abs(ink.ground - 30)).toBeLessThanOrEqual(4)
    expect(ink.tone).toBe(240)
    expect(piecesOn(image)).toBe(4)
  })

  it("does not take a highlight behind dark letters for ink", () => {
    const image = raster(160, 40)
    paint(image, { x: 8, y: 6, width: 70, height: 26 }, 205)
    word(image, 10, 10, 4, 18)
    word(image, 90, 10, 3, 18)
    expect(piecesOn(image)).toBe(7)
  })

  it("keeps gray notes beside a black name", () => {
    const image = raster(160, 60)
    word(image, 10, 6, 4, 18)
    word(image, 10, 36, 6, 14, 140)
    expect(piecesOn(image)).toBe(10)
  })

  it("finds nothing on blank paper, white, gray or black", () => {
    expect([255, 128, 0].map((ground) => piecesOn(raster(100, 40, ground)))).toEqual([null, null, null])
  })

  it("finds nothing in the grain of paper, and letters on it all the same", () => {
    const random = randomFrom(7)
    expect(piecesOn(noisy(raster(150, 50, 200), 12, random))).toBe(null)
    const written = raster(150, 50, 200)
    word(written, 20, 14, 5, 20)
    expect(piecesOn(noisy(written, 12, random))).toBe(5)
  })

  it("finds nothing in a few specks", () => {
    const image = raster(200, 60)
    for (const x of [20, 90, 150]) paint(image, { x, y: 30, width: 1, height: 1 }, 0)
    expect(piecesOn(image)).toBe(null)
  })

  it("gives pieces in pixels of the image and stays within it", () => {
    const image = raster(80, 60)
    paint(image, { x: 60, y: 40, width: 20, height: 20 }, 0)
    const ink = inkOf(grayOf(image), { x: 50, y: 30, width: 100, height: 100 })!
    expect(ink.box).toEqual({ x: 50, y: 30, width: 30, height: 30 })
    expect(joinRuns(ink.runs).map(({ box }) => box)).toEqual([{ x: 60, y: 40, width: 20, height: 20 }])
  })

  it.each([
    { x: 200, y: 0, width: 20, height: 20 },
    { x: 5, y: 5, width: 1, height: 20 },
    { x: -50, y: -50, width: 20, height: 20 }
  ])("finds nothing where there is no room: $x, $y, $width × $height", (region) => {
    expect(inkOf(grayOf(raster(100, 100, 0)), region)).toBe(null)
  })
})
