import { median, middleX, middleY, union } from "../table/geometry.ts"
import type { Cell, Table } from "../table/Table.ts"
import { namesBreak } from "./languages.ts"

/** A text stands in the middle of the days when it is off by at most this share of the width of a day. */
const centred = 0.15
/** A row is so seldom empty by chance but for the middle day that a text there stands for all days. */
const seldom = 0.02

/**
 * Stretches texts of a table that nothing draws over all its columns but the first, where they stand alone in their row
 * and in its middle: a break, or what all days share.
 */
export const stretchAlone = (table: Table): Table => {
  const columnCount = table.columnEdges.length - 1
  if (table.origin !== "aligned" || columnCount < 4) return table
  const rows = [...Map.groupBy(table.cells, ({ rowIndex }) => rowIndex).values()]
  const bodies = rows.map((row) => row.filter(({ columnIndex }) => columnIndex > 0))
  const middle = middleOfColumns(bodies, columnCount)
  if (middle === null) return table
  const width = (table.columnEdges.at(-1)! - table.columnEdges[1]!) / (columnCount - 1)
  const alone = new Map(
    bodies.flatMap((body, i) => {
      const written = body.filter(({ words }) => words.length > 0)
      const [only] = written
      const headed = rows[i]!.some(({ columnIndex, words }) => columnIndex === 0 && words.length > 0)
      if (written.length !== 1 || !only || !headed || only.columnSpan === columnCount - 1) return []
      const off = Math.abs(middleX(union(only.words.map(({ box }) => box))) - middle)
      return off <= centred * width ? [[only.rowIndex, only] as const] : []
    })
  )
  // Texts in the middle of all days make a column of their own where no day has its middle.
  const named = bodies[0]!.filter(({ words }) => words.length > 0).map(({ columnIndex }) => columnIndex)
  const dayCount = named.length > 1 ? named.length : columnCount - 1
  const others = bodies
    .slice(1)
    .flatMap((body) => body.filter(({ rowIndex }) => !alone.has(rowIndex)))
    .filter(({ columnIndex }) => named.length < 2 || named.includes(columnIndex))
  const empty = others.filter(({ words }) => words.length === 0).length / Math.max(1, others.length)
  const isFull = empty ** (dayCount - 1) < seldom
  // In the middle of an odd number of days a text may be that of the middle day; elsewhere no day has its middle.
  const tells = (cell: Cell): boolean =>
    dayCount % 2 === 0 || isFull || namesBreak(cell.words.map(({ text }) => text).join(" "))
  const stretched = new Map([...alone].filter(([, cell]) => tells(cell)))
  if (stretched.size === 0) return table
  const cells = table.cells.flatMap((cell) => {
    const text = stretched.get(cell.rowIndex)
    if (!text || cell.columnIndex === 0) return [cell]
    return cell === text ? [acrossColumns(cell, table)] : []
  })
  return { ...table, cells }
}

/** Half-way between the texts of the first and of the last column. */
const middleOfColumns = (bodies: ReadonlyArray<ReadonlyArray<Cell>>, columnCount: number): number | null => {
  const centre = (column: number) =>
    median(
      bodies
        .flat()
        .filter(({ columnIndex, columnSpan, words }) => columnIndex === column && columnSpan === 1 && words.length > 0)
        .map(({ words }) => middleX(union(words.map(({ box }) => box))))
    )
  const [first, last] = [centre(1), centre(columnCount - 1)]
  return first === undefined || last === undefined ? null : (first + last) / 2
}

const acrossColumns = (cell: Cell, { columnEdges }: Table): Cell => {
  const [x, right] = [columnEdges[1]!, columnEdges.at(-1)!]
  return { ...cell, columnIndex: 1, columnSpan: columnEdges.length - 2, box: { ...cell.box, x, width: right - x } }
}

/** A text between two rows stands half-way when it is off by at most this share of the way from one to the next. */
const halfWay = 0.2

/**
 * Joins what stands half-way between two rows of a table that nothing draws, wholly below the middle of the upper row's
 * header and above that of the lower one's: a lesson of both.
 */
export const joinStraddling = (table: Table): Table => {
  if (table.origin !== "aligned") return table
  const headers = new Map(
    table.cells
      .filter(({ columnIndex, words }) => columnIndex === 0 && words.length > 0)
      .map((cell) => [cell.rowIndex, cell])
  )
  const joined = new Map<Cell, Cell | null>()
  for (const upper of table.cells) {
    const [above, below] = [headers.get(upper.rowIndex), headers.get(upper.rowIndex + 1)]
    const lower = table.cells.find(
      (cell) =>
        cell.rowIndex === upper.rowIndex + 1 &&
        cell.columnIndex === upper.columnIndex &&
        cell.columnSpan === upper.columnSpan
    )
    if (upper.columnIndex === 0 || !above || !below || !lower || joined.has(upper)) continue
    const words = [...upper.words, ...lower.words]
    if (words.length === 0 || !straddles(words, above, below)) continue
    joined.set(upper, { ...upper, words, rowSpan: 2, box: union([upper.box, lower.box]) })
    joined.set(lower, null)
  }
  return joined.size === 0
    ? table
    : { ...table, cells: table.cells.flatMap((cell) => joined.get(cell) ?? (joined.has(cell) ? [] : [cell])) }
}

const straddles = (words: Cell["words"], above: Cell, below: Cell): boolean => {
  const text = union(words.map(({ box }) => box))
  const [from, to] = [above, below].map((cell) => middleY(union(cell.words.map(({ box }) => box))))
  const half = (from! + to!) / 2
  return text.y >= from! && text.y + text.height <= to! && Math.abs(middleY(text) - half) <= halfWay * (to! - from!)
}
