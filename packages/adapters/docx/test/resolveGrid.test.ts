import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { resolveGrid, type StatedCell, type StatedRow } from "../src/content/resolveGrid.ts"

const statedCell: fc.Arbitrary<StatedCell<string>> = fc.record({
  span: fc.integer({ min: 1, max: 6 }),
  width: fc.option(fc.integer({ min: 1, max: 4000 })),
  verticalMerge: fc.constantFrom("none", "restart", "continue"),
  content: fc.string()
})
const statedRow: fc.Arbitrary<StatedRow<string>> = fc.record({
  columnsBefore: fc.nat(3),
  widthBefore: fc.option(fc.nat(2000)),
  cells: fc.array(statedCell, { maxLength: 7 }),
  columnsAfter: fc.nat(3)
})
const grid = fc.array(fc.nat(3000), { maxLength: 8 })

describe("resolveGrid", () => {
  it("cells always tile the grid, whatever widths, spans and merges say", () => {
    fc.assert(
      fc.property(grid, fc.array(statedRow, { maxLength: 8 }), (widths, rows) => {
        const { cells, columnWidths, rowCount } = resolveGrid(widths, rows)
        const covered = new Map<string, number>()
        for (const { columnIndex, columnSpan, rowIndex, rowSpan } of cells) {
          assert.isTrue(rowSpan >= 1 && columnSpan >= 1)
          for (let row = rowIndex; row < rowIndex + rowSpan; row++) {
            for (let column = columnIndex; column < columnIndex + columnSpan; column++) {
              covered.set(`${row},${column}`, (covered.get(`${row},${column}`) ?? 0) + 1)
            }
          }
        }
        const slots = Array.from({ length: rowCount * columnWidths.length }, (_, index) =>
          [Math.floor(index / columnWidths.length), index % columnWidths.length].join(",")
        )
        assert.deepStrictEqual([...covered.keys()].sort(), slots.sort())
        assert.isTrue([...covered.values()].every((times) => times === 1))
        assert.isTrue(columnWidths.every((columnWidth) => columnWidth > 0))
      })
    )
  })

  it("every cell that does not go on with another is placed, in order", () => {
    fc.assert(
      fc.property(grid, fc.array(statedRow, { maxLength: 6 }), (widths, rows) => {
        const plain = rows.map((row) => ({
          ...row,
          cells: row.cells.map((cell) => ({ ...cell, verticalMerge: "none" as const }))
        }))
        const placed = resolveGrid(widths, plain).cells.filter(({ content }) => content !== null)
        assert.deepStrictEqual(
          placed.map(({ content }) => content),
          plain.flatMap(({ cells }) => cells.map(({ content }) => content))
        )
      })
    )
  })

  it("borders that miss each other by a sliver are one", () => {
    const row = (first: number): StatedRow<string> => ({
      columnsBefore: 0,
      widthBefore: null,
      columnsAfter: 0,
      cells: [first, 3000 - first].map((width) => ({ span: 1, width, verticalMerge: "none", content: "" }))
    })
    assert.deepStrictEqual(resolveGrid([], [row(1000), row(1100), row(2000)]).columnWidths, [1000, 1000, 1000])
  })

  it("narrow columns of an even grid are each a column", () => {
    const row = (first: number): StatedRow<string> => ({
      columnsBefore: 0,
      widthBefore: null,
      columnsAfter: 0,
      cells: [first, 12 - first].map((span) => ({ span, width: null, verticalMerge: "none", content: "" }))
    })
    const grid = Array.from({ length: 12 }, () => 100)
    assert.deepStrictEqual(resolveGrid(grid, [row(6), row(7)]).columnWidths, [600, 100, 500])
  })
})
