import type { BoundingBox, Page, Word } from "../document/Page.ts"
import { rangesApart } from "../timetable/rangesApart.ts"
import { findTimes, withoutTimes } from "../timetable/times.ts"
import { median, middleX, middleY, overlap, union } from "./geometry.ts"
import { inReadingOrder, linesOf } from "./readingOrder.ts"
import type { Cell, Table } from "./Table.ts"
import { rowsOfBlocks, type TextBlock, waysToBlocks } from "./textBlocks.ts"

/** Words of one line that no wide gap parts: the text of one cell, or one line of it. */
interface Segment {
  readonly words: ReadonlyArray<Word>
  readonly box: BoundingBox
}

interface TextRow {
  readonly segments: ReadonlyArray<Segment>
  readonly top: number
  readonly bottom: number
}

/** A stretch across the page that the texts of one column share. */
interface Column {
  from: number
  to: number
  support: number
}

/** Spaces are about a quarter of the height of the writing, gaps between columns rarely less than all of it. */
const columnGap = 0.9
/** Beside a dash between two words spaces may be so many times as wide. */
const dashGap = 1.6
const loneDash = /^[-–—~]$/
/** So many lines in a row may hold a single text before a table ends. */
const singleLines = 3
/** Lines further apart than this many times the usual distance belong to different tables. */
const tableGap = 3.5

/**
 * Finds tables that nothing draws: texts that stand below each other in columns, with gaps between them. A text across
 * several columns becomes a cell that spans them.
 */
export const alignedTables = (page: Pick<Page, "pageNumber" | "words">): ReadonlyArray<Table> => {
  const rows = textRows(page.words.filter(({ rotation }) => rotation === 0))
  return runsOf(rows).flatMap((run) => tableOf(run, page.pageNumber) ?? [])
}

const textRows = (words: ReadonlyArray<Word>): ReadonlyArray<TextRow> =>
  linesOf(words).map((line) => {
    const gap = columnGap * median(line.words.map(({ box }) => box.height))!
    const groups: Array<Array<Word>> = []
    for (const word of line.words) {
      const before = groups.at(-1)?.at(-1)
      const widest = before && [before, word].some(({ text }) => loneDash.test(text)) ? dashGap * gap : gap
      if (before && word.box.x - (before.box.x + before.box.width) < widest) groups.at(-1)!.push(word)
      else groups.push([word])
    }
    const segments = groups
      .flatMap(rangesApart)
      .map((group) => ({ words: group, box: union(group.map(({ box }) => box)) }))
    return { segments, top: line.box.y, bottom: line.box.y + line.box.height }
  })

/** Runs of lines that may be one table: they begin and end with a line of several texts. */
const runsOf = (rows: ReadonlyArray<TextRow>): ReadonlyArray<ReadonlyArray<TextRow>> => {
  // Lines that overlap stand beside each other: a header in the middle of its row is no line below the first of it.
  const pitches = rows.slice(1).flatMap((row, i) => (row.top >= rows[i]!.bottom ? [row.top - rows[i]!.top] : []))
  const pitch = median(pitches) ?? 0
  const runs: Array<Array<TextRow>> = []
  let single = 0
  for (const [i, row] of rows.entries()) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    // The first line of a header of two may begin above all others.
    const above = rows.slice(Math.max(0, i - 1), i).filter(({ bottom }) => bottom > row.top)
    const apart = before !== undefined && row.top - before.top > tableGap * pitch
    if (row.segments.length >= 2) single = 0
    else if (!isClock(row.segments[0]!.words)) single++
    if (run === undefined || apart || single > singleLines) {
      runs.push(row.segments.length >= 2 ? [...above, row] : [])
    } else if (run.length > 0) {
      run.push(row)
    } else if (row.segments.length >= 2) {
      run.push(...above, row)
    }
  }
  return runs.map(trimmed).filter((run) => run.filter(({ segments }) => segments.length >= 2).length >= 2)
}

/** Whether words are a time alone: the header of a row, of which there are many where what is beside it is merged. */
const isClock = (words: ReadonlyArray<Word>): boolean => {
  const text = words.map((word) => word.text).join(" ")
  const times = findTimes(text)
  return times.length === 1 && withoutTimes(text, times) === ""
}

const trimmed = (run: ReadonlyArray<TextRow>): ReadonlyArray<TextRow> => {
  const last = run.findLastIndex(({ segments }) => segments.length >= 2)
  const next = run[last + 1]
  // One more line may be the wrapped text of the last row.
  const wrapped = next && last >= 0 && next.top - run[last]!.bottom < run[last]!.bottom - run[last]!.top
  return run.slice(0, last + (wrapped ? 2 : 1))
}

/** Columns grow from the narrowest texts; a text over two of them spans them. */
const columnsOf = (rows: ReadonlyArray<TextRow>): ReadonlyArray<Column> => {
  const segments = rows.flatMap((row) => row.segments).toSorted((a, b) => a.box.width - b.box.width)
  const columns: Array<Column> = []
  for (const { box } of segments) {
    const [from, to] = [box.x, box.x + box.width]
    const touched = columns.filter((column) => overlap(column.from, column.to, from, to) > 0)
    if (touched.length === 0) columns.push({ from, to, support: 1 })
    const [only] = touched
    if (touched.length !== 1 || !only) continue
    only.support++
    only.from = Math.min(only.from, from)
    only.to = Math.max(only.to, to)
  }
  return columns.filter(({ support }) => support >= 2).toSorted((a, b) => a.from - b.from)
}

/** Words on both sides of a border stand further apart than others of their text by this factor. */
const widerGap = 1.4
/** Where a text has no other words, spaces are thought to be this share of the height of the writing. */
const usualSpace = 0.3

/** Cuts texts where they go on in the next column: long ones fill their columns and leave little more than a space. */
const cutAtColumns = ({ box, words }: Segment, columns: ReadonlyArray<Column>): ReadonlyArray<Segment> => {
  const spaces = words.slice(1).map((word, i) => {
    const from = words[i]!.box.x + words[i]!.box.width
    return { at: i + 1, from, to: word.box.x, width: word.box.x - from }
  })
  const wide = columns.slice(1).flatMap((column, i) => {
    const between = spaces.filter(({ from, to }) => to >= columns[i]!.to && from <= column.from)
    const [widest] = between.toSorted((a, b) => b.width - a.width)
    const others = spaces.filter((space) => space !== widest).map(({ width }) => width)
    const usual = median(others) ?? usualSpace * box.height
    return widest && widest.width > widerGap * usual ? [widest.at] : []
  })
  const cuts = [...new Set(wide)].toSorted((a, b) => a - b)
  return [0, ...cuts].map((cut, i) => {
    const part = words.slice(cut, cuts[i])
    return { words: part, box: union(part.map((word) => word.box)) }
  })
}

const tableOf = (rows: ReadonlyArray<TextRow>, pageNumber: number): Table | null => {
  const columns = columnsOf(rows)
  if (columns.length < 2) return null
  const box = union(rows.flatMap(({ segments }) => segments.map((segment) => segment.box)))
  const columnEdges = [box.x, ...columns.slice(1).map(({ from }, i) => (columns[i]!.to + from) / 2), box.x + box.width]
  const cut = rows.map((row) => ({
    ...row,
    segments: row.segments.flatMap((segment) => cutAtColumns(segment, columns))
  }))
  const groups = rowsByBlocks(cut, columnEdges) ?? logicalRows(cut, columns)
  const rowEdges = [
    box.y,
    ...groups.slice(1).map((group, i) => (groups[i]!.at(-1)!.bottom + group[0]!.top) / 2),
    box.y + box.height
  ]
  if (groups.length < 2) return null
  const cells = groups.flatMap((group, rowIndex) => cellsOf(group, rowIndex, columnEdges, rowEdges))
  return { pageNumber, box, columnEdges, rowEdges, cells, origin: "aligned" }
}

/** Rows whose texts have several lines, each by where the whole text stands; null where that is not clear. */
const rowsByBlocks = (
  rows: ReadonlyArray<TextRow>,
  columnEdges: ReadonlyArray<number>
): ReadonlyArray<ReadonlyArray<TextRow>> | null => {
  const height = median(rows.flatMap(({ segments }) => segments.map(({ box }) => box.height)))!
  // Boxes from OCR are as high as their letters: only the middles of whole lines tell gaps from each other.
  const texts = rows.flatMap(({ segments }) => {
    const words = segments.flatMap((segment) => segment.words)
    const middle = median(words.map(({ box }) => middleY(box)))!
    const level = words.every(({ source }) => source === "ocr") ? { y: middle - height / 2, height } : {}
    return segments.map((segment) => ({ segment, box: { ...segment.box, ...level } }))
  })
  const ways = waysToBlocks(texts, (x) => columnAt(x, columnEdges))
  const [clear] = ways.flatMap((blocks) => {
    const rowOf = rowsOfBlocks(blocks, height)
    return rowOf ? [{ blocks, rowOf }] : []
  })
  if (!clear) return null
  const { blocks, rowOf } = clear
  const lead = blocks.filter((block) => rowOf.get(block) === -1).flatMap(segmentsOf)
  const first = rows
    .map((row) => ({ ...row, segments: row.segments.filter((segment) => lead.includes(segment)) }))
    .filter((row) => row.segments.length > 0)
  const numbers = [...new Set(rowOf.values())].filter((row) => row >= 0).toSorted((a, b) => a - b)
  const others = numbers.map((row): ReadonlyArray<TextRow> => {
    const own = blocks.filter((block) => rowOf.get(block) === row)
    const { height: tall, y } = own.find(({ column }) => column === 0)!.box
    return [{ segments: own.flatMap(segmentsOf), top: y, bottom: y + tall }]
  })
  return [...first.map((row) => [row]), ...others]
}

const segmentsOf = ({ lines }: TextBlock<{ readonly segment: Segment; readonly box: BoundingBox }>) =>
  lines.map(({ segment }) => segment)

/**
 * Lines that make up one row: each begins where the column of row headers has a text. Between two of them the widest
 * gap parts the lines, so that texts may wrap above and below the middle of their row.
 */
const logicalRows = (
  rows: ReadonlyArray<TextRow>,
  columns: ReadonlyArray<Column>
): ReadonlyArray<ReadonlyArray<TextRow>> => {
  const fills = (row: TextRow, column: Column): boolean =>
    row.segments.some(({ box }) => overlap(box.x, box.x + box.width, column.from, column.to) > 0)
  const filled = columns.map((column) => rows.filter((row) => fills(row, column)).length)
  const most = Math.max(...filled)
  const startsBy = (column: Column) =>
    rowStarts(
      rows,
      rows.flatMap((row, i) => (fills(row, column) ? [i] : []))
    )
  const [first] = columns
  const byFirst = startsBy(first!)
  const isAnchor = filled[0]! >= 0.4 * most || (filled[0]! > 1 && areApart(rows, byFirst))
  const starts = isAnchor ? byFirst : startsBy(columns[filled.indexOf(most)]!)
  return starts.map((start, i) => rows.slice(start, starts[i + 1]))
}

/** The lines that rows begin with, given those that hold the headers of rows. */
const rowStarts = (rows: ReadonlyArray<TextRow>, anchors: ReadonlyArray<number>): ReadonlyArray<number> => {
  const starts = anchors.slice(1).map((anchor, i) => {
    let [at, widest] = [anchor, -Infinity]
    for (let k = anchors[i]! + 1; k <= anchor; k++) {
      const gap = gapAbove(rows, k)
      // Of equal gaps the last one: lines usually follow the line that names their row.
      if (gap >= widest - 1) [at, widest] = [k, Math.max(gap, widest)]
    }
    return at
  })
  // Above the first header of a row are those of columns, as far as the gap that parts rows, or any gap.
  const least = Math.min(...starts.map((start) => gapAbove(rows, start)))
  const lastGap = (width: number): number =>
    rows.slice(0, (anchors[0] ?? 0) + 1).findLastIndex((_, i) => i > 0 && gapAbove(rows, i) >= width)
  const first = lastGap(least - 1)
  return [...new Set([0, Math.max(0, first > 0 ? first : lastGap(0)), ...starts])]
}

/** Rows stand apart when the least gap between two of them is wider than any within by this share of a line. */
const apartBy = 0.3

const areApart = (rows: ReadonlyArray<TextRow>, starts: ReadonlyArray<number>): boolean => {
  const within = rows.flatMap((_, i) => (i === 0 || starts.includes(i) ? [] : [gapAbove(rows, i)]))
  const between = starts.filter((start) => start > 0).map((start) => gapAbove(rows, start))
  const height = median(rows.map(({ bottom, top }) => bottom - top)) ?? 0
  return Math.min(...between) > Math.max(...within) + apartBy * height
}

const gapAbove = (rows: ReadonlyArray<TextRow>, i: number): number => rows[i]!.top - rows[i - 1]!.bottom

const cellsOf = (
  group: ReadonlyArray<TextRow>,
  rowIndex: number,
  columnEdges: ReadonlyArray<number>,
  rowEdges: ReadonlyArray<number>
): ReadonlyArray<Cell> => {
  const columnCount = columnEdges.length - 1
  const segments = group.flatMap((row) => row.segments)
  /** First and last column of the cell that a column belongs to. */
  const span = Array.from({ length: columnCount }, (_, i) => [i, i] as [number, number])
  for (const { box } of segments) {
    const [first, last] = spanOf(box, columnEdges)
    if (first === last) continue
    const others = segments.filter((other) => other.box !== box)
    const alone = others.every(
      ({ box: b }) => columnAt(middleX(b), columnEdges) < first || columnAt(middleX(b), columnEdges) > last
    )
    if (alone) for (let i = first; i <= last; i++) span[i] = [first, last]
  }
  const cells: Array<Cell> = []
  for (let column = 0; column < columnCount; column = span[column]![1] + 1) {
    const [first, last] = span[column]!
    const [x, y] = [columnEdges[first]!, rowEdges[rowIndex]!]
    const words = segments
      .flatMap((segment) => segment.words.map((word) => ({ word, at: columnAt(middleX(segment.box), columnEdges) })))
      .filter(({ at }) => at >= first && at <= last)
      .map(({ word }) => word)
    cells.push({
      rowIndex,
      columnIndex: first,
      rowSpan: 1,
      columnSpan: last - first + 1,
      box: { x, y, width: columnEdges[last + 1]! - x, height: rowEdges[rowIndex + 1]! - y },
      words: inReadingOrder(words),
      fill: null
    })
  }
  return cells
}

const columnAt = (x: number, columnEdges: ReadonlyArray<number>): number => {
  const at = columnEdges.findLastIndex((edge) => edge <= x)
  return Math.min(columnEdges.length - 2, Math.max(0, at))
}

/** A text spans the columns into which it reaches by more than its margin of error. */
const spanOf = (box: BoundingBox, columnEdges: ReadonlyArray<number>): readonly [number, number] => {
  const inset = 0.5 * box.height
  const [first, last] = [columnAt(box.x + inset, columnEdges), columnAt(box.x + box.width - inset, columnEdges)]
  return first < last && columnEdges[first + 1]! - box.x > 0
    ? [first, last]
    : [columnAt(middleX(box), columnEdges), columnAt(middleX(box), columnEdges)]
}
