import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { BoundingBox } from "../../src/document/Page.ts"
import { cellInterior } from "../../src/image/cellInterior.ts"
import { inkOf } from "../../src/image/ink.ts"
import { frame, grayOf, paint, type Raster, raster, skewed, word } from "./raster.ts"

const textHeight = 16
const cell = { x: 40, y: 40, width: 200, height: 70 }

/** A cell whose border, so many pixels thick, lies half inside it. */
const bordered = (thickness: number): Raster => {
  const image = raster(280, 150, 230)
  const half = thickness / 2
  frame(image, { x: 40 - half, y: 40 - half, width: 200 + thickness, height: 70 + thickness }, thickness, 30)
  return image
}

const interior = (image: Raster): BoundingBox => cellInterior(grayOf(image), cell, textHeight)

describe("cellInterior", () => {
  it("leaves out borders of any thickness, also such that lean a little", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(2, 4, 6, 8),
        fc.double({ min: -0.6, max: 0.6, noNaN: true }),
        (thickness, degrees) => {
          const image = skewed(bordered(thickness), degrees)
          expect(inkOf(grayOf(image), interior(image))).toBe(null)
        }
      )
    )
  })

  it("keeps writing that stands close to a border", () => {
    const image = bordered(2)
    word(image, 46, 46, 6, 14)
    const { x, y } = interior(image)
    expect(x).toBeLessThanOrEqual(46)
    expect(y).toBeLessThanOrEqual(46)
  })

  it("takes no line of writing along a side for its border", () => {
    const image = bordered(2)
    word(image, 44, 43, 16, 12)
    expect(interior(image).y).toBeLessThanOrEqual(43)
  })

  it("takes no picture that fills a cell for its border", () => {
    const image = bordered(2)
    paint(image, { x: 40, y: 40, width: 200, height: 35 }, 90)
    expect(interior(image).y).toBeLessThan(44)
  })

  it("leaves a cell at the edge of the page within the page", () => {
    const image = raster(60, 40, 200)
    const whole = { x: 0, y: 0, width: 60, height: 40 }
    const { x, y, width, height } = cellInterior(grayOf(image), whole, textHeight)
    expect(Math.min(x, y)).toBeGreaterThan(0)
    expect(x + width).toBeLessThan(60)
    expect(y + height).toBeLessThan(40)
  })
})
