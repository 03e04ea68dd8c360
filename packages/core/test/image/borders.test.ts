import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Rule } from "../../src/document/Page.ts"
import { bordersOf, withoutFrames } from "../../src/image/borders.ts"
import { layoutOf } from "../../src/image/pageLayout.ts"
import { drawnTables } from "../../src/table/drawnTables.ts"
import { frame, grayOf, noisy, pageOf, paint, type Raster, randomFrom, raster, word } from "./raster.ts"

/** Four rows and five columns whose first row and column are dark, with lines there that hardly show. */
const darkHeaders = (faint: number): Raster => {
  const image = raster(860, 420, 235)
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 5; column++) {
      const box = { x: 50 + 150 * column, y: 60 + 75 * row, width: 152, height: 77 }
      const isHeader = row === 0 || column === 0
      paint(image, box, isHeader ? 70 : 235)
      frame(image, box, 2, isHeader ? faint : 40)
      word(image, box.x + 30, box.y + 30, 5, 14, isHeader ? 235 : 20)
    }
  }
  // Borders of shaded cells that were painted over by the next one are drawn last.
  for (let row = 1; row < 4; row++) {
    for (let column = 1; column < 5; column++) {
      frame(image, { x: 50 + 150 * column, y: 60 + 75 * row, width: 152, height: 77 }, 2, 40)
    }
  }
  return image
}

const cellsOn = (image: Raster) => layoutOf(pageOf(image), image).tables.map(({ cells }) => cells.length)

describe("borders of a page", () => {
  it("are found in dark headers whose own lines hardly show", () => {
    expect(cellsOn(darkHeaders(60))).toEqual([20])
  })

  it("are found there under noise as well", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        expect(cellsOn(noisy(darkHeaders(50), 7, randomFrom(seed)))).toEqual([20])
      }),
      { numRuns: 4 }
    )
  })

  it("are whole where noise breaks a sharp line into pieces that end in the open", () => {
    const image = raster(400, 200, 235)
    frame(image, { x: 50, y: 40, width: 301, height: 101 }, 2, 90)
    paint(image, { x: 50, y: 90, width: 300, height: 2 }, 90)
    paint(image, { x: 200, y: 40, width: 2, height: 100 }, 90)
    const level = (position: number, from: number, to: number): Rule => ({
      orientation: "horizontal",
      position,
      from,
      to,
      thickness: 1
    })
    const plumb = (position: number): Rule => ({
      orientation: "vertical",
      position,
      from: 40,
      to: 140,
      thickness: 1
    })
    const whole = [level(90, 50, 350), level(140, 50, 350), plumb(50), plumb(200), plumb(350)]
    const found = bordersOf({
      gray: grayOf(image),
      sharp: [...whole, level(40, 62, 130), level(40, 150, 185), level(40, 215, 290), level(40, 300, 338)],
      smoothed: [...whole, level(40, 46, 354)],
      textHeight: 16,
      tablesOf: (rules) => drawnTables({ pageNumber: 1, words: [], rules, fills: [], widthPx: 400, textHeightPx: 12 })
    })
    expect(found.filter(({ position }) => position === 40)).toMatchObject([{ from: 46, to: 354 }])
  })

  it("stay apart where a cell between them goes past their line with letters on it", () => {
    const image = raster(400, 320, 235)
    frame(image, { x: 50, y: 20, width: 301, height: 281 }, 2, 90)
    for (const y of [140, 180]) paint(image, { x: 50, y, width: 300, height: 2 }, 90)
    paint(image, { x: 200, y: 20, width: 2, height: 120 }, 90)
    paint(image, { x: 200, y: 180, width: 2, height: 120 }, 90)
    word(image, 155, 153, 6, 16, 20)
    const plumb = (position: number, from: number, to: number): Rule => ({
      orientation: "vertical",
      position,
      from,
      to,
      thickness: 1
    })
    const level = (position: number): Rule => ({ orientation: "horizontal", position, from: 50, to: 350, thickness: 1 })
    const found = bordersOf({
      gray: grayOf(image),
      sharp: [
        ...[20, 140, 180, 300].map(level),
        plumb(50, 20, 300),
        plumb(350, 20, 300),
        plumb(200, 20, 140),
        plumb(200, 180, 300)
      ],
      smoothed: [plumb(200, 20, 300)],
      textHeight: 16,
      tablesOf: (rules) => drawnTables({ pageNumber: 1, words: [], rules, fills: [], widthPx: 400, textHeightPx: 12 })
    })
    expect(found.filter(({ position }) => position === 200).map(({ from, to }) => [from, to])).toEqual([
      [20, 140],
      [180, 300]
    ])
  })

  it("are not put where merged cells have none", () => {
    const image = darkHeaders(56)
    paint(image, { x: 202, y: 137, width: 298, height: 73 }, 235)
    word(image, 260, 165, 14, 14, 20)
    expect(cellsOn(image)).toEqual([19])
  })
})

describe("withoutFrames", () => {
  const table = (x: number, y: number, width: number, height: number, cells: number) => ({
    pageNumber: 1,
    box: { x, y, width, height },
    columnEdges: [x, x + width],
    rowEdges: Array.from({ length: cells + 1 }, (_, i) => y + (i * height) / cells),
    cells: Array.from({ length: cells }, (_, rowIndex) => ({
      rowIndex,
      columnIndex: 0,
      rowSpan: 1,
      columnSpan: 1,
      box: { x, y: y + (rowIndex * height) / cells, width, height: height / cells },
      words: [],
      fill: null
    })),
    origin: "drawn" as const
  })

  it("leaves out the edge of the paper around a table", () => {
    const [paper, inner] = [table(0, 0, 500, 400, 2), table(50, 60, 300, 200, 8)]
    expect(withoutFrames([paper, inner])).toEqual([inner])
  })

  it("keeps a table with a table in one of its cells, and small tables by themselves", () => {
    const tables = [table(0, 0, 500, 400, 6), table(50, 10, 100, 40, 2), table(600, 0, 80, 80, 2)]
    expect(withoutFrames(tables)).toEqual(tables)
  })
})
