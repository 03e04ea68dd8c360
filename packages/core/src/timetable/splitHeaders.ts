import type { Word } from "../document/Page.ts"
import { inReadingOrder } from "../table/readingOrder.ts"
import type { Cell, Table } from "../table/Table.ts"
import { isDayHeader, isTimeHeader, readCell } from "./cellReading.ts"
import type { Vocabulary } from "./cellText.ts"
import type { Direction } from "./headerLines.ts"
import { groupsAlong, type WordGroup } from "./wordGroups.ts"

/**
 * Cuts cells that hold several headers into one for each: a bar of days or times whose borders nothing draws, because
 * they have the colour of the bar. Cuts fall on the borders of the cells below or beside it.
 */
export const splitHeaders = (table: Table, vocabulary: Vocabulary): Table => {
  const cells = table.cells.flatMap((cell) => {
    const atEdges = barAtEdges(cell, table, vocabulary) ?? pairsAtEdges(cell, table, vocabulary)
    if (atEdges) return atEdges
    for (const direction of ["columns", "rows"] as const) {
      const parts = partsOf(cell, table, direction, vocabulary)
      if (parts) return parts
    }
    return [cell]
  })
  const changed = cells.length !== table.cells.length
  return changed
    ? { ...table, cells: cells.toSorted((a, b) => a.rowIndex - b.rowIndex || a.columnIndex - b.columnIndex) }
    : table
}

/** Boxes of words that were read from an image reach beyond their letters by less than this share of their size. */
const loosely = 0.25

/** The parts of a cell between all borders inside it; null where a word crosses one. */
const atomicParts = (cell: Cell, table: Table, direction: Direction): ReadonlyArray<Cell> | null => {
  const isAcross = direction === "columns"
  const [first, span] = isAcross ? [cell.columnIndex, cell.columnSpan] : [cell.rowIndex, cell.rowSpan]
  const edges = (isAcross ? table.columnEdges : table.rowEdges).slice(first, first + span + 1)
  const stretches = cell.words.map((word) => {
    const { height, width, x, y } = word.box
    return { word, from: isAcross ? x : y, to: isAcross ? x + width : y + height }
  })
  const isCrossed = stretches.some(({ from, to }) => {
    const loose = loosely * (to - from)
    return edges.slice(1, -1).some((edge) => edge > from + loose && edge < to - loose)
  })
  if (isCrossed) return null
  return edges.slice(1).map((to, i) => {
    const within = stretches.filter((stretch) => {
      const middle = (stretch.from + stretch.to) / 2
      return middle >= edges[i]! && middle < to
    })
    const words = within.map(({ word }) => word)
    return partOf(cell, table, direction, first + i, first + i + 1, words)
  })
}

const partsOf = (
  cell: Cell,
  table: Table,
  direction: Direction,
  vocabulary: Vocabulary
): ReadonlyArray<Cell> | null => {
  const span = direction === "columns" ? cell.columnSpan : cell.rowSpan
  if (span < 2 || cell.words.length < 2 || isOneRange(cell, vocabulary)) return null
  const groups = groupsAlong(cell.words, direction)
  if (groups.length < 2 || groups.length > span) return null
  const edges = direction === "columns" ? table.columnEdges : table.rowEdges
  const first = direction === "columns" ? cell.columnIndex : cell.rowIndex
  const cuts = groups.slice(1).map((group, i) => nearestEdge(edges, first, span, groups[i]!, group))
  if (cuts.some((cut, i) => cut <= (cuts[i - 1] ?? first) || cut >= first + span)) return null
  const bounds = [first, ...cuts, first + span]
  const parts = groups.map(({ words }, i) => partOf(cell, table, direction, bounds[i]!, bounds[i + 1]!, words))
  const headers = parts.filter((part) => {
    const reading = readCell(part, vocabulary)
    return isDayHeader(reading) || isTimeHeader(reading)
  })
  return headers.length >= 2 || (headers.length === 1 && continues(cell, table, direction, vocabulary)) ? parts : null
}

/** Whether all that a cell says is one range: broken at its dash it is still no two headers. */
const isOneRange = (cell: Cell, vocabulary: Vocabulary): boolean => {
  const { label, times } = readCell(cell, vocabulary)
  return times.length === 1 && times[0]!.tie === "dash" && label === ""
}

/** So many headers side by side make a bar. */
const leastHeaders = 3

/** The columns of a bar of headers, of which nearly each holds one. */
const barAtEdges = (cell: Cell, table: Table, vocabulary: Vocabulary): ReadonlyArray<Cell> | null => {
  if (cell.columnSpan < leastHeaders) return null
  const parts = atomicParts(cell, table, "columns") ?? []
  const headers = parts.filter((part) => {
    const reading = readCell(part, vocabulary)
    return isDayHeader(reading) || isTimeHeader(reading)
  })
  return headers.length >= leastHeaders && headers.length >= 0.8 * (parts.length - 1) ? parts : null
}

/** The rows of a column of headers, of which each but the first prints a start and an end. */
const pairsAtEdges = (cell: Cell, table: Table, vocabulary: Vocabulary): ReadonlyArray<Cell> | null => {
  if (cell.rowSpan < 2) return null
  const parts = atomicParts(cell, table, "rows") ?? []
  const pairs = parts.filter((part) => {
    const reading = readCell(part, vocabulary)
    return isTimeHeader(reading) && reading.times.length === 1 && reading.times[0]!.end !== null
  })
  const isFirst = pairs.length === parts.length - 1 && pairs[0] !== parts[0]
  return pairs.length >= 2 && (pairs.length === parts.length || isFirst) ? parts : null
}

/** Whether the row or column that a cell begins holds more headers, so that one more is at home there. */
const continues = (cell: Cell, table: Table, direction: Direction, vocabulary: Vocabulary): boolean => {
  const line = table.cells.filter(
    (other) =>
      other !== cell &&
      (direction === "columns" ? other.rowIndex === cell.rowIndex : other.columnIndex === cell.columnIndex)
  )
  return line.filter((other) => isDayHeader(readCell(other, vocabulary))).length >= 2
}

/** The border inside a cell that lies nearest to the middle between two texts. */
const nearestEdge = (
  edges: ReadonlyArray<number>,
  first: number,
  span: number,
  before: WordGroup,
  after: WordGroup
): number => {
  const middle = (before.to + after.from) / 2
  const inside = Array.from({ length: span - 1 }, (_, i) => first + 1 + i)
  return inside.reduce((best, i) => (Math.abs(edges[i]! - middle) < Math.abs(edges[best]! - middle) ? i : best))
}

/** The part of a cell between two of its table's borders, with the words that are its own. */
export const partOf = (
  cell: Cell,
  { columnEdges, rowEdges }: Table,
  direction: Direction,
  from: number,
  to: number,
  words: ReadonlyArray<Word>
): Cell => {
  const own = inReadingOrder(words)
  if (direction === "columns") {
    const [x, right] = [columnEdges[from]!, columnEdges[to]!]
    return { ...cell, columnIndex: from, columnSpan: to - from, box: { ...cell.box, x, width: right - x }, words: own }
  }
  const [y, bottom] = [rowEdges[from]!, rowEdges[to]!]
  return { ...cell, rowIndex: from, rowSpan: to - from, box: { ...cell.box, y, height: bottom - y }, words: own }
}
