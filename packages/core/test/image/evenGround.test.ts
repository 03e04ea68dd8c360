import { describe, expect, it } from "vitest"
import { evenGround } from "../../src/image/evenGround.ts"
import { looseLines } from "../../src/image/looseWriting.ts"
import { grayOf, paint, type Raster, raster, word } from "./raster.ts"

const textHeight = 20
const whole = { x: 0, y: 0, width: 800, height: 400 }

/** Light that falls off by so many levels from the left to the right. */
const shaded = (image: Raster, fall: number): Raster => ({
  ...image,
  data: image.data.map((level, i) => (level * (255 - (fall * (i % image.widthPx)) / image.widthPx)) / 255)
})

const groundAt = (image: Raster, xs: ReadonlyArray<number>) => {
  const { gray } = evenGround(grayOf(image), whole, textHeight)
  return xs.map((x) => gray.data[200 * gray.width + x]!)
}

describe("evenGround", () => {
  it("gives paper one brightness where light falls off over it, and tells by how much", () => {
    const image = shaded(raster(800, 400), 80)
    const levels = groundAt(image, [10, 400, 790])
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThanOrEqual(4)
    const { gray, raisedAt } = evenGround(grayOf(image), whole, textHeight)
    expect(gray.data[200 * 800 + 700]! - raisedAt(700, 200)).toBeCloseTo(image.data[200 * 800 + 700]!, -0.5)
  })

  it("follows the light over a sheet that lies on something darker", () => {
    const sheet = shaded(raster(800, 400), 80)
    paint(sheet, { x: 0, y: 0, width: 240, height: 400 }, 90)
    const levels = groundAt(sheet, [260, 500, 790])
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThanOrEqual(6)
  })

  it("keeps colours that end at an edge, and evenly lit paper as it is", () => {
    const image = raster(800, 400)
    paint(image, { x: 300, y: 0, width: 160, height: 400 }, 200)
    const gray = grayOf(image)
    expect(evenGround(gray, whole, textHeight).gray).toBe(gray)
  })

  it("lets gray writing be found in full light and in the shade alike", () => {
    const image = raster(800, 400)
    for (const x of [40, 600]) word(image, x, 180, 8, 18, 150)
    const lines = looseLines(grayOf(shaded(image, 140)), [], textHeight)
    expect(lines.map(({ box, pieces }) => [box.x, pieces.length])).toEqual([
      [40, 8],
      [600, 8]
    ])
    expect(lines[0]!.ground - lines[1]!.ground).toBeGreaterThan(70)
  })
})
