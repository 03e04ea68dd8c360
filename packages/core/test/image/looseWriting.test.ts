import { describe, expect, it } from "vitest"
import { looseLines } from "../../src/image/looseWriting.ts"
import { frame, grayOf, paint, raster, word } from "./raster.ts"

const textHeight = 24
const table = { x: 40, y: 100, width: 400, height: 200 }

describe("looseLines", () => {
  it("finds titles above and notes below a table, and nothing inside it", () => {
    const image = raster(500, 400)
    word(image, 60, 30, 8, 20)
    word(image, 60, 150, 8, 20)
    word(image, 60, 340, 5, 20)
    const lines = looseLines(grayOf(image), [table], textHeight)
    expect(lines.map(({ box, pieces }) => [box.x, box.y, pieces.length])).toEqual([
      [60, 30, 8],
      [60, 340, 5]
    ])
    expect(lines.every(({ direction }) => direction === "level")).toBe(true)
  })

  it("finds writing beside a table and between two tables", () => {
    const image = raster(600, 500)
    word(image, 460, 180, 4, 20)
    word(image, 60, 320, 6, 20)
    const lower = { x: 40, y: 360, width: 400, height: 120 }
    expect(looseLines(grayOf(image), [table, lower], textHeight).map(({ pieces }) => pieces.length)).toEqual([4, 6])
  })

  it("finds a word whose letters touch, and takes no mark for one", () => {
    const image = raster(600, 100)
    paint(image, { x: 60, y: 40, width: 44, height: 18 }, 0)
    paint(image, { x: 260, y: 40, width: 18, height: 18 }, 0)
    paint(image, { x: 460, y: 40, width: 44, height: 6 }, 0)
    expect(looseLines(grayOf(image), [], textHeight).map(({ box }) => box.x)).toEqual([60])
  })

  it("keeps the lines of two columns apart", () => {
    const image = raster(600, 100)
    word(image, 20, 30, 5, 20)
    word(image, 320, 30, 7, 20)
    expect(looseLines(grayOf(image), [], textHeight).map(({ pieces }) => pieces.length)).toEqual([5, 7])
  })

  it("reads light writing in a dark band apart from dark writing below", () => {
    const image = raster(500, 400)
    paint(image, { x: 0, y: 0, width: 500, height: 100 }, 40)
    word(image, 60, 40, 6, 20, 250)
    word(image, 60, 340, 5, 20)
    const lines = looseLines(grayOf(image), [table], textHeight)
    expect(lines.map(({ pieces, tone }) => [pieces.length, tone > 128])).toEqual([
      [6, true],
      [5, false]
    ])
  })

  it("reads light writing on a bar of its own, and dark writing around it", () => {
    const image = raster(600, 400)
    word(image, 60, 30, 6, 20)
    paint(image, { x: 20, y: 100, width: 560, height: 50 }, 40)
    word(image, 60, 115, 4, 20, 250)
    word(image, 360, 115, 3, 20, 250)
    word(image, 60, 200, 5, 20)
    const lines = looseLines(grayOf(image), [], textHeight)
    expect(lines.map(({ pieces, tone }) => [pieces.length, tone > 128])).toEqual([
      [6, false],
      [5, false],
      [4, true],
      [3, true]
    ])
  })

  it("reads hours beside cells as dark as ink, and those on a level with their edges whole", () => {
    const image = raster(600, 400)
    paint(image, table, 60)
    word(image, 4, 90, 2, 20)
    word(image, 4, 200, 2, 20)
    const lines = looseLines(grayOf(image), [table], textHeight)
    expect(lines.map(({ box, pieces }) => [box.y, box.height, pieces.length])).toEqual([
      [90, 20, 2],
      [200, 20, 2]
    ])
  })

  it("leaves out single marks, frames and pictures", () => {
    const image = raster(600, 300)
    word(image, 30, 30, 1, 20)
    frame(image, { x: 100, y: 20, width: 400, height: 250 }, 3)
    expect(looseLines(grayOf(image), [], textHeight)).toEqual([])
  })

  it("finds nothing on a blank page or one that its cells cover", () => {
    const image = raster(300, 200)
    expect(looseLines(grayOf(image), [], textHeight)).toEqual([])
    word(image, 40, 60, 5, 20)
    expect(looseLines(grayOf(image), [{ x: 0, y: 0, width: 300, height: 200 }], textHeight)).toEqual([])
  })
})
