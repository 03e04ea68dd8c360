import type { BoundingBox, Word } from "../document/Page.ts"
import type { Cell, Table } from "./Table.ts"

/** Edges nearer to each other than this share of the width of a table are the same. */
const sameEdge = 0.012
/** The parts of a table, printed or scanned page by page, differ in width by no more than this share. */
const sameWidth = 0.08

/** Two tables as one. */
export interface AppendedTable {
  readonly table: Table
  /** The words of the lower table as they stood, by those that now stand below the upper one. */
  readonly moved: ReadonlyMap<Word, Word>
}

/** Where only words align, borders lie somewhere between them: so far apart, as a share of a column, they are the same. */
const sameAlignedEdge = 0.35

/** Whether the columns of two tables stand where those of the other one stand, or some of them. */
export const sharesColumns = (upper: Table, lower: Table): boolean => placesIn(upper, lower) !== null

/** Whether a table that shares columns with another one has that one's edge of this index. */
export const sharesEdge = (upper: Table, lower: Table, index: number): boolean =>
  nearest(placesIn(upper, lower) ?? [], upper.columnEdges[index]!, sameEdge * upper.box.width) !== undefined

/** Puts a table below another one, as if the page had not ended; null where they do not share their columns. */
export const appendTable = (upper: Table, lower: Table): AppendedTable | null => {
  const places = placesIn(upper, lower)
  if (places === null) return null
  const near = sameEdge * upper.box.width
  const own = places.filter((edge) => nearest(upper.columnEdges, edge, near) === undefined)
  const columnEdges = [...upper.columnEdges, ...own].toSorted((a, b) => a - b)
  const bottom = upper.rowEdges.at(-1)!
  // Where only words align, how far they reach is no measure.
  const scale = lower.origin === "aligned" ? 1 : upper.box.width / lower.box.width
  const left = lower.origin === "aligned" ? 0 : upper.columnEdges[0]! - lower.columnEdges[0]! * scale
  const toX = (x: number): number => left + x * scale
  const toY = (y: number): number => bottom + (y - lower.rowEdges[0]!) * scale
  const moveBox = ({ x, y, width, height }: BoundingBox): BoundingBox => ({
    x: toX(x),
    y: toY(y),
    width: width * scale,
    height: height * scale
  })
  const moved = new Map<Word, Word>()
  const moveWord = (word: Word): Word => {
    const copy = { ...word, box: moveBox(word.box) }
    moved.set(copy, word)
    return copy
  }
  const indexOf = (x: number): number => columnEdges.indexOf(nearest(columnEdges, x, near)!)
  const rowsAbove = upper.rowEdges.length - 1
  const placed = (cell: Cell, from: number, to: number): Cell => {
    const [first, end] = [indexOf(from), indexOf(to)]
    const [x, right] = [columnEdges[first]!, columnEdges[end]!]
    return { ...cell, columnIndex: first, columnSpan: end - first, box: { ...cell.box, x, width: right - x } }
  }
  const rowEdges = [...upper.rowEdges, ...lower.rowEdges.slice(1).map(toY)]
  const cells = [
    ...upper.cells.map((cell) =>
      placed(cell, upper.columnEdges[cell.columnIndex]!, upper.columnEdges[cell.columnIndex + cell.columnSpan]!)
    ),
    ...lower.cells.map((cell) =>
      placed(
        {
          ...cell,
          rowIndex: rowsAbove + cell.rowIndex,
          box: moveBox(cell.box),
          words: cell.words.map(moveWord)
        },
        places[cell.columnIndex]!,
        places[cell.columnIndex + cell.columnSpan]!
      )
    )
  ]
  const box = { ...upper.box, height: rowEdges.at(-1)! - upper.box.y }
  return { table: { ...upper, box, columnEdges, rowEdges, cells }, moved }
}

/** Where the column edges of a table would stand in another one; null where most are none of its own. */
const placesIn = (upper: Table, lower: Table): ReadonlyArray<number> | null => {
  const [above, width] = [upper.columnEdges, upper.box.width]
  if (above.length < 3 || lower.columnEdges.length < 3) return null
  if (lower.origin === "aligned") return alignedPlaces(upper, lower)
  if (Math.abs(width - lower.box.width) > sameWidth * width) return null
  const below = lower.columnEdges.map((edge) => above[0]! + ((edge - lower.columnEdges[0]!) * width) / lower.box.width)
  const isIn = (edges: ReadonlyArray<number>) => (edge: number) => nearest(edges, edge, sameEdge * width) !== undefined
  return below.every(isIn(above)) || above.every(isIn(below)) ? below : null
}

const alignedPlaces = ({ columnEdges: above }: Table, { columnEdges: below }: Table): ReadonlyArray<number> | null => {
  const isSame = (edge: number, i: number): boolean => {
    const column = Math.min(above[i]! - above[i - 1]!, above[i + 1]! - above[i]!)
    return Math.abs(below[i]! - edge) <= sameAlignedEdge * column
  }
  return above.length === below.length && above.slice(1, -1).every((edge, i) => isSame(edge, i + 1)) ? above : null
}

const nearest = (edges: ReadonlyArray<number>, edge: number, near: number): number | undefined =>
  edges.filter((other) => Math.abs(other - edge) <= near).toSorted((a, b) => Math.abs(a - edge) - Math.abs(b - edge))[0]
