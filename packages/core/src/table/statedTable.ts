import type { BoundingBox } from "../document/Page.ts"
import type { Span } from "./drawnTables.ts"
import { median } from "./geometry.ts"
import type { Cell, Table } from "./Table.ts"

/** A cell that someone states: its place among rows and columns, from 0, and where it lies on the page. */
export interface StatedCell extends Span {
  readonly box: BoundingBox
}

/** A page has no table of more cells; what states one is wrong. */
const mostCells = 10_000

/**
 * The table that stated cells make up, still without words. Cells meet at common borders, places that no cell is stated
 * for get an empty one. Null where cells lie over each other, or their boxes are not in the order of their places.
 */
export const statedTable = (cells: ReadonlyArray<StatedCell>, pageNumber: number): Table | null => {
  const rowCount = Math.max(0, ...cells.map(({ rowIndex, rowSpan }) => rowIndex + rowSpan))
  const columnCount = Math.max(0, ...cells.map(({ columnIndex, columnSpan }) => columnIndex + columnSpan))
  if (rowCount * columnCount === 0 || rowCount * columnCount > mostCells) return null
  const gaps = gapsBetween(cells, rowCount, columnCount)
  const rowEdges = edgesOf(
    cells.map(({ box, rowIndex, rowSpan }) => [rowIndex, rowIndex + rowSpan, box.y, box.y + box.height]),
    rowCount
  )
  const columnEdges = edgesOf(
    cells.map(({ box, columnIndex, columnSpan }) => [columnIndex, columnIndex + columnSpan, box.x, box.x + box.width]),
    columnCount
  )
  if (gaps === null || rowEdges === null || columnEdges === null) return null

  const between = (edges: ReadonlyArray<number>, from: number, span: number) => edges[from + span]! - edges[from]!
  const [x, y] = [columnEdges[0]!, rowEdges[0]!]
  return {
    pageNumber,
    box: { x, y, width: between(columnEdges, 0, columnCount), height: between(rowEdges, 0, rowCount) },
    columnEdges,
    rowEdges,
    cells: [...cells, ...gaps]
      .map(({ columnIndex, columnSpan, rowIndex, rowSpan }): Cell => {
        const box = {
          x: columnEdges[columnIndex]!,
          y: rowEdges[rowIndex]!,
          width: between(columnEdges, columnIndex, columnSpan),
          height: between(rowEdges, rowIndex, rowSpan)
        }
        return { rowIndex, columnIndex, rowSpan, columnSpan, box, words: [], fill: null }
      })
      .toSorted((a, b) => a.rowIndex - b.rowIndex || a.columnIndex - b.columnIndex),
    origin: "native"
  }
}

/** The places that no cell covers; null where one is covered twice. */
const gapsBetween = (cells: ReadonlyArray<Span>, rowCount: number, columnCount: number): ReadonlyArray<Span> | null => {
  const isCovered = new Uint8Array(rowCount * columnCount)
  for (const { columnIndex, columnSpan, rowIndex, rowSpan } of cells) {
    for (let row = rowIndex; row < rowIndex + rowSpan; row++) {
      for (let column = columnIndex; column < columnIndex + columnSpan; column++) {
        const at = row * columnCount + column
        if (isCovered[at] === 1) return null
        isCovered[at] = 1
      }
    }
  }
  return [...isCovered.keys()]
    .filter((at) => isCovered[at] === 0)
    .map((at) => ({
      rowIndex: Math.floor(at / columnCount),
      columnIndex: at % columnCount,
      rowSpan: 1,
      columnSpan: 1
    }))
}

/** A cell along one axis: its first edge and the one after its last, and where these lie. */
type Stretch = readonly [first: number, last: number, from: number, to: number]

/** Where the edges lie: each in the middle of what the cells beside it say; null where they do not ascend. */
const edgesOf = (stretches: ReadonlyArray<Stretch>, count: number): ReadonlyArray<number> | null => {
  const said = Array.from({ length: count + 1 }, (): Array<number> => [])
  for (const [first, last, from, to] of stretches) {
    said[first]!.push(from)
    said[last]!.push(to)
  }
  const known = said.map((places) => median(places))
  const edges = known.map((edge, at) => edge ?? betweenNeighbours(known, at))
  return edges.every((edge, at) => at === 0 || edge > edges[at - 1]!) ? edges : null
}

/** Between wide cells no edge may be stated; the known ones on both sides tell about where it is. */
const betweenNeighbours = (known: ReadonlyArray<number | undefined>, at: number): number => {
  const before = known.findLastIndex((edge, index) => index < at && edge !== undefined)
  const after = known.findIndex((edge, index) => index > at && edge !== undefined)
  const [from, to] = [known[before] ?? Number.NaN, known[after] ?? Number.NaN]
  return from + ((to - from) * (at - before)) / (after - before)
}
