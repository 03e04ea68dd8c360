import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { grainOf } from "../../src/image/grain.ts"
import { layoutOf } from "../../src/image/pageLayout.ts"
import { withoutStripes } from "../../src/image/stripes.ts"
import { frame, grayOf, noisy, pageOf, type Raster, randomFrom, raster, word } from "./raster.ts"

/** A page of three rows and four columns with a faint grid and a word in each cell. */
const grid = (border: number): Raster => {
  // Odd sizes: numbers of linear congruences repeat over rows of a power of two.
  const image = raster(647, 331, 225)
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 4; column++) {
      const box = { x: 40 + 140 * column, y: 40 + 80 * row, width: 142, height: 82 }
      frame(image, box, 2, border)
      word(image, box.x + 30, box.y + 34, 5, 14, 20)
    }
  }
  return image
}

/** A copy with slanting stripes over it, as a camera sees them on a screen. */
const striped = (image: Raster, periodPx: number, slant: number, levels: number): Raster => ({
  ...image,
  data: image.data.map((level, i) => {
    const [x, y] = [i % image.widthPx, Math.floor(i / image.widthPx)]
    return Math.max(0, Math.min(255, level + levels * Math.sin((2 * Math.PI * (x + slant * y)) / periodPx)))
  })
})

const period = fc.double({ min: 5, max: 11, noNaN: true })
const slant = fc.double({ min: 0.3, max: 0.9, noNaN: true })

describe("withoutStripes", () => {
  it("takes the stripes of a screen off a page, whatever their period and slant", () => {
    fc.assert(
      fc.property(period, slant, fc.integer({ min: 1, max: 1_000_000 }), (periodPx, lean, seed) => {
        const image = striped(noisy(grid(150), 3, randomFrom(seed)), periodPx, lean, 8)
        const before = grainOf(grayOf(image))
        expect(grainOf(withoutStripes(grayOf(image)))).toBeLessThan(before / 2)
      }),
      { numRuns: 10 }
    )
  })

  it("leaves writing and borders as dark as they were", () => {
    const plain = grayOf(grid(150))
    const clean = withoutStripes(grayOf(striped(grid(150), 7.3, 0.5, 8)))
    const strayed = clean.data.filter((level, i) => Math.abs(level - plain.data[i]!) > 8).length
    expect(strayed / plain.data.length).toBeLessThan(0.02)
  })

  it("hardly changes a grainy page without stripes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 3, max: 10 }), (seed, levels) => {
        const gray = grayOf(noisy(grid(150), levels, randomFrom(seed)))
        const after = withoutStripes(gray)
        const changed = gray.data.filter((level, i) => Math.abs(level - after.data[i]!) > 4).length
        expect(changed / gray.data.length).toBeLessThan(0.01)
      }),
      { numRuns: 10 }
    )
  })

  it("hands a page without grain back as it is", () => {
    const gray = grayOf(grid(150))
    expect(withoutStripes(gray)).toBe(gray)
  })

  it("lets the faint borders of a photographed screen be found", () => {
    const image = noisy(striped(grid(205), 6.1, 0.45, 9), 4, randomFrom(7))
    expect(layoutOf(pageOf(image), image).tables.map(({ cells }) => cells.length)).toEqual([12])
  })
})
