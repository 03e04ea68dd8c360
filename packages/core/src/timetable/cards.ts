import type { BoundingBox, Page, Word } from "../document/Page.ts"
import { contains, median, middleX, middleY, sharedArea, union } from "../table/geometry.ts"
import { inReadingOrder, type Line } from "../table/readingOrder.ts"
import type { Cell, Table } from "../table/Table.ts"
import { type ResolvedClock, resolveClocks } from "./clocks.ts"
import { findDays } from "./days.ts"
import { statementsOf } from "./headings.ts"
import { findTimes, type TimeMention, withoutTimes } from "./times.ts"

/** Fewer days beside each other, or fewer cards below them, are no week. */
const leastDays = 3
const leastCards = 6
/** A larger share of the page is no card but what cards lie on. */
const largestCard = 1 / 8
/** So many hours beside the cards make a scale, which none of them stands off by more minutes. */
const leastHours = 3
const offScale = 6
/** Where most cards begin, whatever else they do: at quarters of an hour. */
const quarter = 15
/** Edges nearer to each other than this share of the height of writing are one. */
const oneEdge = 0.6

interface Card {
  readonly box: BoundingBox
  readonly words: ReadonlyArray<Word>
  readonly fill: string | null
}

interface DayHeading {
  readonly line: Line
  readonly x: number
}

/** Where an hour beside the cards begins. */
interface Hour {
  readonly line: Line
  readonly minutes: number
}

/**
 * The table that cards of a calendar draw, with space between them, below headings of days that nothing frames: a
 * column a day, and a row from one edge of a card or hour of a scale to the next. null for a page of anything else.
 */
export const cardTable = (page: Page, drawn: ReadonlyArray<Table>): Table | null => {
  const cards = cardsOf(page, drawn)
  if (cards.length < leastCards) return null
  const loose = statementsOf(page.words.filter((word) => !cards.some(({ words }) => words.includes(word))))
  const days = headingsAbove(cards, loose)
  if (days === null) return null
  const columnEdges = columnsOf(days, cards)
  const below = cards.filter(({ box }) => box.y > middleY(days[0]!.line.box))
  const hours = hoursBeside(loose, columnEdges[1]!, below)
  const clocked = below.filter(({ words }) => findTimes(textOf(words)).length > 0)
  if (hours.length === 0 && clocked.length < below.length) return null
  return tableOf(page, days, columnEdges, below, hours)
}

/** What is written on grounds of its own, or in cells that stand apart from those beside them. */
const cardsOf = ({ fills, heightPx, widthPx, words }: Page, drawn: ReadonlyArray<Table>): ReadonlyArray<Card> => {
  const cells = drawn.flatMap((table) => table.cells.map(({ box, fill }) => ({ box, fill })))
  const grounds = [...cells, ...fills.map(({ box, color }) => ({ box, fill: color }))].filter(
    ({ box }) => box.width * box.height <= largestCard * widthPx * heightPx
  )
  const smallest = grounds.toSorted((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)
  const written = Map.groupBy(words, (word) =>
    smallest.find(({ box }) => contains(box, middleX(word.box), middleY(word.box)))
  )
  return [...written].flatMap(([ground, own]) =>
    ground && !findDays(textOf(own)) ? [{ ...ground, words: inReadingOrder(own) }] : []
  )
}

/** The days that stand beside each other above all cards, each once. */
const headingsAbove = (cards: ReadonlyArray<Card>, loose: ReadonlyArray<Line>): ReadonlyArray<DayHeading> | null => {
  const top = Math.min(...cards.map(({ box }) => box.y))
  const named = loose.filter(
    ({ box, text }) => middleY(box) < top && findDays(text)?.days.length === 1 && findTimes(text).length === 0
  )
  const rows = Map.groupBy(named, ({ box }) => Math.round(middleY(box) / (2 * box.height)))
  const best = [...rows.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  if (best.length < leastDays) return null
  return best.map((line) => ({ line, x: middleX(line.box) })).toSorted((a, b) => a.x - b.x)
}

/** The edges of the columns: one of hours, then one a day, parted half-way between the headings. */
const columnsOf = (days: ReadonlyArray<DayHeading>, cards: ReadonlyArray<Card>): ReadonlyArray<number> => {
  const between = days.slice(1).map(({ x }, i) => (x + days[i]!.x) / 2)
  const width = median(days.slice(1).map(({ x }, i) => x - days[i]!.x))!
  const left = days[0]!.x - width / 2
  const right = Math.max(days.at(-1)!.x + width / 2, ...cards.map(({ box }) => box.x + box.width))
  return [0, left, ...between, right]
}

/** The hours of a scale left of all days; none where they do not stand as far apart as their times. */
const hoursBeside = (
  loose: ReadonlyArray<Line>,
  left: number,
  cards: ReadonlyArray<Card>
): ReadonlyArray<Hour & { readonly y: number }> => {
  const beside = loose
    .filter(({ box }) => middleX(box) < left)
    .flatMap((line) => {
      const times = findTimes(line.text)
      const [only] = times
      return only && only.end === null && withoutTimes(line.text, times) === "" ? [{ line, only }] : []
    })
    .toSorted((a, b) => a.line.box.y - b.line.box.y)
  if (beside.length < leastHours) return []
  const clocks: ReadonlyArray<{ readonly start: ResolvedClock }> = resolveClocks(
    beside.map(({ only }): TimeMention => only),
    { ordered: true }
  )
  const hours = beside.map(({ line }, i): Hour => ({ line, minutes: clocks[i]!.start.minutes }))
  const [first, last] = [hours[0]!, hours.at(-1)!]
  const perPixel = (last.minutes - first.minutes) / (middleY(last.line.box) - middleY(first.line.box))
  const off = (hour: Hour) =>
    Math.abs(first.minutes + (middleY(hour.line.box) - middleY(first.line.box)) * perPixel - hour.minutes)
  if (!(perPixel > 0) || hours.some((hour) => off(hour) > offScale)) return []
  // The line of an hour runs through its middle, or right above it: where most cards then begin at quarters of an hour.
  const edges = cards.flatMap(({ box }) => [box.y])
  const straying = (inset: number): number =>
    edges.reduce((sum, y) => {
      const minutes = first.minutes + (y - (middleY(first.line.box) - inset)) * perPixel
      return sum + Math.abs(minutes - quarter * Math.round(minutes / quarter))
    }, 0)
  const { height } = first.line.box
  const inset = [0, height / 2, height].toSorted((a, b) => straying(a) - straying(b))[0]!
  return hours.map((hour) => ({ ...hour, y: middleY(hour.line.box) - inset }))
}

const tableOf = (
  page: Page,
  days: ReadonlyArray<DayHeading>,
  columnEdges: ReadonlyArray<number>,
  cards: ReadonlyArray<Card>,
  hours: ReadonlyArray<Hour & { readonly y: number }>
): Table => {
  const head = union(days.map(({ line }) => line.box))
  const near = oneEdge * head.height
  const wanted = [...hours.map(({ y }) => y), ...cards.flatMap(({ box }) => [box.y, box.y + box.height])]
  const inner = clusters(wanted, near).filter((y) => y > middleY(head))
  const rowEdges = [head.y - near, ...inner]
  const rowAt = (y: number): number =>
    rowEdges.reduce((best, edge, i) => (Math.abs(edge - y) < Math.abs(rowEdges[best]! - y) ? i : best), 0)
  const columnAt = (x: number): number =>
    Math.max(
      1,
      columnEdges.findLastIndex((edge, i) => i > 0 && edge <= x)
    )
  const cell = (row: number, column: number, end: number, words: ReadonlyArray<Word>, fill: string | null): Cell => {
    const [x, y] = [columnEdges[column]!, rowEdges[row]!]
    const box = { x, y, width: columnEdges[column + 1]! - x, height: rowEdges[end]! - y }
    return { rowIndex: row, columnIndex: column, rowSpan: end - row, columnSpan: 1, box, words, fill }
  }
  const marks = hours.map((hour, i) => {
    const row = rowAt(hour.y)
    const end = i + 1 < hours.length ? rowAt(hours[i + 1]!.y) : rowEdges.length - 1
    return end > row ? [cell(row, 0, end, hour.line.words, null)] : []
  })
  const lessons = cards.map(({ box, fill, words }) => {
    const row = Math.max(1, rowAt(box.y))
    const column = columnAt(middleX(union(words.map((word) => word.box))))
    return cell(row, column, Math.max(row + 1, rowAt(box.y + box.height)), words, fill)
  })
  const written = [...days.map(({ line }, i) => cell(0, i + 1, 1, line.words, null)), ...marks.flat(), ...lessons]
  const blank = rowEdges.slice(1).flatMap((_, row) =>
    columnEdges.slice(1).flatMap((_, column) => {
      const empty = cell(row, column, row + 1, [], null)
      return written.some(({ box }) => sharedArea(box, empty.box) > 0) ? [] : [empty]
    })
  )
  const cells = [...written, ...blank].toSorted((a, b) => a.rowIndex - b.rowIndex || a.columnIndex - b.columnIndex)
  return {
    pageNumber: page.pageNumber,
    box: union(cells.map(({ box }) => box)),
    columnEdges,
    rowEdges,
    cells,
    origin: "drawn"
  }
}

/** Values that lie near to each other as their mean, in order. */
const clusters = (values: ReadonlyArray<number>, near: number): ReadonlyArray<number> => {
  const groups: Array<Array<number>> = []
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = groups.at(-1)
    if (last && value - last.at(-1)! <= near) last.push(value)
    else groups.push([value])
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length)
}

const textOf = (words: ReadonlyArray<Word>): string =>
  inReadingOrder(words)
    .map(({ text }) => text)
    .join(" ")
