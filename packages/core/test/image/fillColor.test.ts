import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { BoundingBox, PageImage } from "../../src/document/Page.ts"
import { fillColor, groundColor } from "../../src/image/fillColor.ts"
import { randomFrom, raster, word } from "./raster.ts"

type Color = readonly [number, number, number]

/** An image of one colour, with a cell of another. */
const shaded = (paper: Color, fill: Color, box: BoundingBox): PageImage => {
  const [widthPx, heightPx] = [200, 120]
  const data = new Uint8Array(widthPx * heightPx * 3)
  for (let i = 0; i < widthPx * heightPx; i++) {
    const [x, y] = [i % widthPx, Math.floor(i / widthPx)]
    const inside = x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height
    data.set(inside ? fill : paper, 3 * i)
  }
  return { pageNumber: 1, widthPx, heightPx, channels: 3, data }
}

const cell = { x: 40, y: 30, width: 90, height: 50 }
const white: Color = [255, 255, 255]
const channel = fc.nat(225)

describe("fillColor", () => {
  it("gives the colour of a shaded cell in hexadecimal", () => {
    expect(fillColor(shaded(white, [207, 224, 255], cell), cell, white)).toBe("#CFE0FF")
  })

  it("gives back any colour that is clearly not white", () => {
    fc.assert(
      fc.property(fc.tuple(channel, channel, channel), (fill) => {
        const found = fillColor(shaded(white, fill, cell), cell, white)
        expect(found).toBe(`#${fill.map((level) => level.toString(16).padStart(2, "0")).join("")}`.toUpperCase())
      }),
      { numRuns: 30 }
    )
  })

  it("does not take paper for a fill, be it white or yellowed", () => {
    const yellowed: Color = [238, 226, 200]
    expect(fillColor(shaded(white, [250, 251, 247], cell), cell, white)).toBe(null)
    expect(fillColor(shaded(yellowed, [234, 224, 203], cell), cell, yellowed)).toBe(null)
  })

  it("looks through the writing of a cell", () => {
    const image = raster(200, 120, 200)
    word(image, 50, 40, 5, 16)
    expect(fillColor(image, cell, white)).toBe("#C8C8C8")
  })

  it("evens out noise", () => {
    const random = randomFrom(3)
    const image = shaded(white, [120, 180, 90], cell)
    const data = image.data.map((level) => Math.max(0, Math.min(255, level + Math.round(8 * random() - 4))))
    const found = groundColor({ ...image, data }, cell)!
    expect(found.every((level, i) => Math.abs(level - [120, 180, 90][i]!) <= 3)).toBe(true)
  })

  it("finds a cell of the straight page where the image shows it", () => {
    const image = shaded(white, [207, 224, 255], cell)
    const moved = { ...cell, x: cell.x - 30, y: cell.y + 25 }
    const toImage = [1, 0, 30, 0, 1, -25, 0, 0, 1]
    expect(fillColor(image, moved, white, toImage)).toBe("#CFE0FF")
    expect(fillColor(image, { ...moved, x: 300 }, white, toImage)).toBe(null)
  })

  it("knows no colour of a cell outside the page", () => {
    expect(fillColor(raster(50, 50), { x: 80, y: 10, width: 20, height: 20 }, white)).toBe(null)
    expect(groundColor(raster(50, 50), { x: 10, y: 10, width: 0, height: 0 })).toBe(null)
  })
})
