import { describe, expect, it } from "vitest"
import { cellInterior } from "../../src/image/cellInterior.ts"
import { inkOf } from "../../src/image/ink.ts"
import { piecesOf } from "../../src/image/pieces.ts"
import { frame, grayOf, paint, type Raster, raster, word } from "./raster.ts"

const textHeight = 24

const piecesOn = (image: Raster) => {
  const gray = grayOf(image)
  const cell = { x: 0, y: 0, width: image.widthPx, height: image.heightPx }
  const interior = cellInterior(gray, cell, textHeight)
  return piecesOf(inkOf(gray, interior, cell)!, interior, textHeight)
}

/** Left and right sides of what is taken for writing, from left to right. */
const writingOn = (image: Raster) =>
  piecesOn(image)
    .writing.map(({ box }) => [box.x, box.x + box.width])
    .toSorted((a, b) => a[0]! - b[0]!)

describe("piecesOf", () => {
  it("leaves out borders, however deep they reach into the cell", () => {
    for (const thickness of [1, 3, 6, 9]) {
      const image = raster(200, 80)
      frame(image, { x: 0, y: 0, width: 200, height: 80 }, thickness)
      word(image, 60, 30, 3, 18)
      expect(writingOn(image).length).toBe(3)
    }
  })

  it("leaves out a border that leans, and one that noise has broken into pieces", () => {
    const leaning = raster(240, 80)
    for (let x = 0; x < 240; x++) paint(leaning, { x, y: Math.floor(x / 30), width: 1, height: 3 }, 0)
    word(leaning, 60, 30, 3, 18)
    const broken = raster(240, 80)
    for (let x = 4; x < 230; x += 30) paint(broken, { x, y: 4, width: 20, height: 4 }, 0)
    word(broken, 60, 30, 3, 18)
    expect([leaning, broken].map((image) => writingOn(image).length)).toEqual([3, 3])
  })

  it("keeps a letter that touches a border, without the border", () => {
    const image = raster(200, 60)
    paint(image, { x: 0, y: 57, width: 200, height: 3 }, 0)
    word(image, 60, 40, 3, 18)
    const { writing } = piecesOn(image)
    expect(writing.map(({ box }) => box.x)).toEqual([60, 75, 90])
    expect(Math.max(...writing.map(({ box }) => box.y + box.height))).toBeLessThanOrEqual(57)
  })

  it("keeps a thin letter close to a border that it does not touch", () => {
    const image = raster(120, 40)
    frame(image, { x: 0, y: 0, width: 120, height: 40 }, 2)
    word(image, 20, 11, 2, 18)
    paint(image, { x: 52, y: 11, width: 3, height: 18 }, 0)
    expect(writingOn(image)).toEqual([
      [20, 32],
      [35, 47],
      [52, 55]
    ])
  })

  it("leaves out the frame of a cell that stands apart from those of its neighbours", () => {
    const image = raster(160, 80)
    frame(image, { x: 10, y: 10, width: 140, height: 60 }, 2)
    word(image, 40, 32, 3, 18)
    expect(writingOn(image).length).toBe(3)
  })

  it("hands out the ink of borders, so that it can be taken from the pixels of a line", () => {
    const image = raster(120, 60)
    frame(image, { x: 0, y: 0, width: 120, height: 60 }, 3)
    word(image, 40, 20, 2, 18)
    const pixels = piecesOn(image).foreign.reduce((sum, { area }) => sum + area, 0)
    expect(pixels).toBe(120 * 60 - 114 * 54)
  })
})
