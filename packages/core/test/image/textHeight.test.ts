import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { textHeight } from "../../src/image/textHeight.ts"
import { frame, raster, word } from "./raster.ts"

const page = (letterHeight: number, ink = 0, ground = 255) => {
  const image = raster(900, 600, ground)
  for (let y = 20; y + 2 * letterHeight < 600; y += Math.round(2.5 * letterHeight)) {
    for (let x = 20; x + 6 * letterHeight < 900; x += 6 * letterHeight) word(image, x, y, 5, letterHeight, ink)
  }
  return { width: 900, height: 600, data: image.data, image }
}

describe("textHeight", () => {
  it("is the height of a line: that of its letters and what hangs below them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 26 }), (letterHeight) => {
        const share = textHeight(page(letterHeight)) / letterHeight
        expect(share).toBeGreaterThan(1)
        expect(share).toBeLessThan(1.7)
      }),
      { numRuns: 10 }
    )
  })

  it("is the same for light writing on a dark ground", () => {
    expect(textHeight(page(16, 235, 30))).toBeCloseTo(textHeight(page(16)), 0)
  })

  it("does not take cells for letters", () => {
    const drawn = page(16)
    for (let x = 10; x < 850; x += 140) frame(drawn.image, { x, y: 5, width: 140, height: 580 })
    expect(textHeight(drawn)).toBeCloseTo(textHeight(page(16)), 0)
  })

  it("falls back to the usual for a page without writing", () => {
    const { widthPx: width, heightPx: height, data } = raster(700, 500)
    expect(textHeight({ width, height, data })).toBeCloseTo(10)
  })
})
