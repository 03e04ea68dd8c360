import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type StatedCell, statedTable } from "../../src/table/statedTable.ts"

const sizes = fc.array(fc.integer({ min: 5, max: 200 }), { minLength: 1, maxLength: 8 })

const edgesOf = (widths: ReadonlyArray<number>) => {
  const edges = [10]
  for (const width of widths) edges.push(edges.at(-1)! + width)
  return edges
}

/** All cells of a grid, each one row and column wide. */
const gridOf = (columnEdges: ReadonlyArray<number>, rowEdges: ReadonlyArray<number>): Array<StatedCell> =>
  rowEdges.slice(1).flatMap((bottom, rowIndex) =>
    columnEdges.slice(1).map((right, columnIndex) => {
      const [x, y] = [columnEdges[columnIndex]!, rowEdges[rowIndex]!]
      return { rowIndex, columnIndex, rowSpan: 1, columnSpan: 1, box: { x, y, width: right - x, height: bottom - y } }
    })
  )

const grid = fc.tuple(sizes, sizes).map(([widths, heights]) => [edgesOf(widths), edgesOf(heights)] as const)

describe("statedTable", () => {
  it("has the edges that its cells state, and the cells in order of row and column", () => {
    fc.assert(
      fc.property(grid, fc.infiniteStream(fc.nat()), ([columnEdges, rowEdges], order) => {
        const cells = gridOf(columnEdges, rowEdges)
        const shuffled = cells
          .map((cell) => [order.next().value ?? 0, cell] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, cell]) => cell)
        const table = statedTable(shuffled, 3)!
        expect(table).toMatchObject({ pageNumber: 3, columnEdges, rowEdges, origin: "native" })
        expect(table.cells).toEqual(cells.map((cell) => ({ ...cell, words: [], fill: null })))
      })
    )
  })

  it("is tiled by its cells, also where some are not stated", () => {
    fc.assert(
      fc.property(grid, fc.array(fc.nat(), { maxLength: 6 }), ([columnEdges, rowEdges], dropped) => {
        const all = gridOf(columnEdges, rowEdges)
        // The last cell stays, so that the table has all of its rows and columns.
        const left = all.filter((_, i) => i === all.length - 1 || !dropped.some((each) => each % all.length === i))
        const table = statedTable(left, 1)
        if (table === null) return
        const area = table.cells.reduce((sum, { box }) => sum + box.width * box.height, 0)
        expect(area).toBeCloseTo(table.box.width * table.box.height, 6)
        expect(table.cells).toHaveLength(all.length)
      })
    )
  })

  it("finds edges between wide cells that no cell states", () => {
    const box = { x: 0, y: 0, width: 90, height: 20 }
    const table = statedTable(
      [
        { rowIndex: 0, columnIndex: 0, rowSpan: 1, columnSpan: 3, box },
        { rowIndex: 1, columnIndex: 0, rowSpan: 1, columnSpan: 3, box: { ...box, y: 20 } }
      ],
      1
    )
    expect(table?.columnEdges).toEqual([0, 30, 60, 90])
  })

  it("is none where cells lie over each other, run the wrong way, or are more than any page has", () => {
    const [one, two] = gridOf([0, 50, 90], [0, 20])
    expect(statedTable([], 1)).toBeNull()
    expect(statedTable([one!, { ...two!, columnIndex: 0 }], 1)).toBeNull()
    expect(
      statedTable(
        [
          { ...one!, box: two!.box },
          { ...two!, box: one!.box }
        ],
        1
      )
    ).toBeNull()
    expect(statedTable([one!, { ...two!, rowIndex: 1e6 }], 1)).toBeNull()
  })
})
