import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { grainOf } from "../../src/image/grain.ts"
import { toGray } from "../../src/image/gray.ts"
import { layoutOf } from "../../src/image/pageLayout.ts"
import { frame, noisy, pageOf, randomFrom, raster, word } from "./raster.ts"

const seed = fc.integer({ min: 1, max: 1_000_000 })

describe("layoutOf on pages with grain", () => {
  it("takes no line of writing for a border", () => {
    fc.assert(
      fc.property(seed, (start) => {
        const image = raster(900, 520, 235)
        for (let y = 30; y < 480; y += 36) for (let x = 40; x < 780; x += 120) word(image, x, y, 7, 14, 20)
        const grainy = noisy(image, 6, randomFrom(start))
        // The page is one that is smoothed along lines; a clean one would prove nothing.
        expect(grainOf(toGray(grainy))).toBeGreaterThan(2)
        expect(layoutOf(pageOf(grainy), grainy).tables).toEqual([])
      }),
      { numRuns: 4 }
    )
  })

  it("finds thin faint borders around the same writing", () => {
    fc.assert(
      fc.property(seed, (start) => {
        const image = raster(900, 520, 235)
        for (let row = 0; row < 6; row++) {
          for (let column = 0; column < 5; column++) {
            const [x, y] = [40 + 150 * column, 40 + 60 * row]
            frame(image, { x, y, width: 151, height: 61 }, 1, 190)
            word(image, x + 20, y + 22, 7, 14, 20)
          }
        }
        const [table, ...others] = layoutOf(pageOf(image), noisy(image, 6, randomFrom(start))).tables
        expect(others).toEqual([])
        expect(table?.cells).toHaveLength(30)
      }),
      { numRuns: 4 }
    )
  })
})
