import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { BoundingBox, Rule } from "../../src/document/Page.ts"
import { layoutOf } from "../../src/image/pageLayout.ts"
import { joinSpacedCells } from "../../src/image/spacedCells.ts"
import { drawnTables } from "../../src/table/drawnTables.ts"
import { frame, pageOf, raster, word } from "./raster.ts"

const textHeight = 20

const sidesOf = ({ x, y, width, height }: BoundingBox): ReadonlyArray<Rule> => [
  { orientation: "horizontal", position: y, from: x, to: x + width, thickness: 1 },
  { orientation: "horizontal", position: y + height, from: x, to: x + width, thickness: 1 },
  { orientation: "vertical", position: x, from: y, to: y + height, thickness: 1 },
  { orientation: "vertical", position: x + width, from: y, to: y + height, thickness: 1 }
]

/** Three rows of four cells `gap` apart; the second cell of the first row spans two columns. */
const cells = (gap: number): ReadonlyArray<BoundingBox> =>
  [0, 1, 2].flatMap((row) =>
    [0, 1, 2, 3].flatMap((column) => {
      if (row === 0 && column === 2) return []
      const width = row === 0 && column === 1 ? 200 + gap : 100
      return [{ x: 50 + column * (100 + gap), y: 60 + row * (50 + gap), width, height: 50 }]
    })
  )

const tablesOf = (rules: ReadonlyArray<Rule>) =>
  drawnTables({ pageNumber: 1, words: [], rules, fills: [], widthPx: 100 * textHeight })

describe("joinSpacedCells", () => {
  it("makes one table of cells that are drawn apart, with their spans", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 28 }), (gap) => {
        const [table, ...others] = tablesOf(joinSpacedCells(cells(gap).flatMap(sidesOf), textHeight))
        expect(others).toEqual([])
        expect(table!.cells).toHaveLength(11)
        expect(table!.cells[1]).toMatchObject({ rowIndex: 0, columnIndex: 1, rowSpan: 1, columnSpan: 2 })
        expect([table!.columnEdges.length, table!.rowEdges.length]).toEqual([5, 4])
      })
    )
  })

  it("drops the frame around them", () => {
    const gap = 12
    const around = sidesOf({ x: 50 - gap, y: 60 - gap, width: 436 + 2 * gap, height: 174 + 2 * gap })
    const joined = joinSpacedCells([...around, ...cells(gap).flatMap(sidesOf)], textHeight)
    expect(joined).toHaveLength(44)
    expect(tablesOf(joined)[0]!.cells).toHaveLength(11)
  })

  it("leaves boxes alone that stand further apart, and pairs of them", () => {
    const apart = cells(60).flatMap(sidesOf)
    expect(joinSpacedCells(apart, textHeight)).toEqual(apart)
    const buttons = cells(10).slice(0, 2).flatMap(sidesOf)
    expect(joinSpacedCells(buttons, textHeight)).toEqual(buttons)
  })

  it("leaves a table alone whose cells share their borders", () => {
    const grid = [60, 110, 160]
      .map((position): Rule => ({ orientation: "horizontal", position, from: 50, to: 350, thickness: 1 }))
      .concat(
        [50, 150, 250, 350].map((position) => ({ orientation: "vertical", position, from: 60, to: 160, thickness: 1 }))
      )
    expect(joinSpacedCells(grid, textHeight)).toEqual(grid)
  })

  it("works on pixels, as a browser draws a table with spacing", () => {
    const image = raster(900, 420)
    for (const box of cells(24)) {
      frame(image, box, 1, 90)
      word(image, box.x + 10, box.y + 18, 6, 14)
    }
    const tables = layoutOf(pageOf(image), image).tables
    expect(tables.map((table) => table.cells.length)).toEqual([11])
  })
})
