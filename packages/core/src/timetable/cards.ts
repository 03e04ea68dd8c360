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
/** Cards begin at minutes that schools count, steps of so many; a place that puts them there as well but for so much is as good. */
const step = 5
const asGood = 0.5
/** Edges nearer to each other than this share of the height of writing are one. */
const oneEdge = 0.25

interface Ground {
  readonly box: BoundingBox
  readonly fill: string | null
}

interface Card extends Ground {
  readonly words: ReadonlyArray<Word>
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

/** A table of cards, and whether each of them prints when it is; else the hours beside them tell. */
export interface CardTable {
  readonly table: Table
  readonly isClocked: boolean
}

/**
 * The table that cards of a calendar draw, with space between them, below headings of days that nothing frames: a
 * column a day, and a row from one edge of a card or hour of a scale to the next. null for a page of anything else.
 */
export const cardTable = (page: Page, drawn: ReadonlyArray<Table>): CardTable | null => {
  const days = headingsOf(page.words)
  if (days === null) return null
  const columnEdges = columnsOf(days)
  const bottom = Math.max(...days.map(({ line: { box } }) => box.y + box.height))
  const below = page.words.filter(({ box }) => box.y > bottom && middleX(box) > columnEdges[1]!)
  const framed = cardsOf(below, groundsOf(page, drawn))
  const inFrames = framed.flatMap(({ words }) => words.filter(isNamed))
  // Cards whose shared edges are too faint to be seen look like one.
  const isOneEach = framed.every(({ words }) => rangesIn(words) <= 1)
  if (framed.length >= leastCards && inFrames.length >= mostOf * below.filter(isNamed).length && isOneEach) {
    const hours = hoursBeside(page, groundsOf(page, drawn), columnEdges[1]!, framed)
    const isClocked = framed.every(({ words }) => hasRange(words))
    if (isClocked) return { table: tableOf(page, days, columnEdges, framed, []), isClocked }
    if (hours.length > 0) return { table: tableOf(page, days, columnEdges, framed, hours), isClocked }
  }
  const written = cardsOfLines(below, columnEdges).filter(({ words }) => words.some(isNamed))
  const clocked = written.filter(({ words }) => hasRange(words))
  return clocked.length >= leastCards && clocked.length >= mostOf * written.length
    ? { table: tableOf(page, days, columnEdges, clocked, []), isClocked: true }
    : null
}

/** What stands below the days beside the cards, such as dates and notes, is no more than the rest. */
const mostOf = 0.8

/** Numbers below days are their dates. */
const isNamed = ({ text }: Word): boolean => /\p{L}/u.test(text)

const rangesIn = (words: ReadonlyArray<Word>): number =>
  findTimes(textOf(words)).filter(({ end }) => end !== null).length

const hasRange = (words: ReadonlyArray<Word>): boolean => rangesIn(words) > 0

/** Lines of one card stand closer than this share of their height. */
const lineGap = 0.9

/** Of what stands below the days, no more than this share may reach from one day into another, or beyond the last. */
const mostAstray = 0.05

/** Cards whose edges are too faint to be seen: lines close below each other under one day, as far as their time. */
const cardsOfLines = (words: ReadonlyArray<Word>, columnEdges: ReadonlyArray<number>): ReadonlyArray<Card> => {
  const lines = statementsOf(words)
  const columns = Map.groupBy(lines, ({ box }) => columnEdges.findLastIndex((edge) => edge <= middleX(box)))
  const astray = lines.filter(
    ({ box }) =>
      middleX(box) > columnEdges.at(-1)! || columnEdges.some((edge) => edge > box.x && edge < box.x + box.width)
  )
  if (astray.length > mostAstray * lines.length) return []
  const cards = [...columns.values()].flatMap((column) => close(column).flatMap(cutBehindTimes))
  return cards.map((card) => ({
    box: union(card.map(({ box }) => box)),
    words: card.flatMap((line) => line.words),
    fill: null
  }))
}

/** Lines of a column, parted where space is between them. */
const close = (column: ReadonlyArray<Line>): ReadonlyArray<ReadonlyArray<Line>> => {
  const groups: Array<Array<Line>> = []
  let reached = -Infinity
  for (const line of column.toSorted((a, b) => a.box.y - b.box.y)) {
    if (line.box.y - reached <= lineGap * line.box.height) groups.at(-1)!.push(line)
    else groups.push([line])
    reached = Math.max(reached, line.box.y + line.box.height)
  }
  return groups
}

/** Lines that stand close, parted behind each range of times that is not the first line; the last part may have none. */
const cutBehindTimes = (lines: ReadonlyArray<Line>): ReadonlyArray<ReadonlyArray<Line>> => {
  const parts: Array<Array<Line>> = [[]]
  for (const line of lines) {
    const last = parts.at(-1)!
    if (last.some(({ words }) => hasRange(words)) && last.some(({ text }) => hasName(text))) parts.push([line])
    else last.push(line)
  }
  const [rest, ...others] = parts.toReversed()
  if (others.length === 0 || hasRange(rest!.flatMap(({ words }) => words))) return parts
  return [...others.slice(1).toReversed(), [...others[0]!, ...rest!]]
}

const hasName = (text: string): boolean => /\p{L}{2}/u.test(withoutTimes(text, findTimes(text)))

/** Cells that stand apart from those beside them, and coloured grounds, the smallest first. */
const groundsOf = ({ fills, heightPx, widthPx }: Page, drawn: ReadonlyArray<Table>): ReadonlyArray<Ground> => {
  const cells = drawn.flatMap((table) => table.cells.map(({ box, fill }) => ({ box, fill })))
  return [...cells, ...fills.map(({ box, color }) => ({ box, fill: color }))]
    .filter(({ box }) => box.width * box.height <= largestCard * widthPx * heightPx)
    .toSorted((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)
}

const groundOf = ({ box }: { readonly box: BoundingBox }, grounds: ReadonlyArray<Ground>): Ground | undefined =>
  grounds.find((ground) => contains(ground.box, middleX(box), middleY(box)))

/** What is written on grounds of its own. */
const cardsOf = (words: ReadonlyArray<Word>, grounds: ReadonlyArray<Ground>): ReadonlyArray<Card> =>
  [...Map.groupBy(words, (word) => groundOf(word, grounds))].flatMap(([ground, own]) =>
    ground ? [{ ...ground, words: inReadingOrder(own) }] : []
  )

/** The first line of days that stand beside each other and say nothing else. */
const headingsOf = (words: ReadonlyArray<Word>): ReadonlyArray<DayHeading> | null => {
  const named = statementsOf(words).filter(
    ({ text }) => findDays(text)?.days.length === 1 && findDays(text)!.rest === "" && findTimes(text).length === 0
  )
  const rows = named.map((first) =>
    named.filter(({ box }) => Math.abs(middleY(box) - middleY(first.box)) < box.height / 2)
  )
  const best = rows.toSorted((a, b) => b.length - a.length)[0] ?? []
  if (best.length < leastDays) return null
  return best.map((line) => ({ line, x: middleX(line.box) })).toSorted((a, b) => a.x - b.x)
}

/** The edges of the columns: one of hours, then one a day, parted half-way between the headings. */
const columnsOf = (days: ReadonlyArray<DayHeading>): ReadonlyArray<number> => {
  const between = days.slice(1).map(({ x }, i) => (x + days[i]!.x) / 2)
  const width = median(days.slice(1).map(({ x }, i) => x - days[i]!.x))!
  return [0, days[0]!.x - width / 2, ...between, days.at(-1)!.x + width / 2]
}

/** The hours of a scale left of all days; none where they do not stand as far apart as their times. */
const hoursBeside = (
  { rules, words }: Page,
  grounds: ReadonlyArray<Ground>,
  left: number,
  cards: ReadonlyArray<Card>
): ReadonlyArray<Hour & { readonly y: number }> => {
  const beside = statementsOf(words.filter(({ box }) => middleX(box) < left))
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
  const cells = hours.map(({ line }) => groundOf(line, grounds))
  if (cells.every((cell) => cell !== undefined)) return hours.map((hour, i) => ({ ...hour, y: cells[i]!.box.y }))
  const inset = insetOf(hours, cards, rules, perPixel)
  return hours.map((hour) => ({ ...hour, y: middleY(hour.line.box) - inset }))
}

/**
 * How far above the middle of its text the line of an hour runs: where rules are drawn, or else through the middle, the
 * top or right above it, the first of these that has cards begin at minutes that schools count.
 */
const insetOf = (
  hours: ReadonlyArray<Hour>,
  cards: ReadonlyArray<Card>,
  rules: Page["rules"],
  perPixel: number
): number => {
  const [first] = hours
  const { height } = first!.line.box
  const level = rules.filter(({ orientation }) => orientation === "horizontal")
  const drawn = hours.flatMap(({ line }) => {
    const offsets = level
      .map(({ position }) => middleY(line.box) - position)
      .filter((off) => off >= -height / 4 && off <= 1.5 * height)
    return offsets.length === 0 ? [] : [offsets.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0]!]
  })
  if (2 * drawn.length > hours.length) return median(drawn)!
  const straying = (inset: number): number => {
    const strays = cards.map(({ box }) => {
      const minutes = first!.minutes + (box.y - (middleY(first!.line.box) - inset)) * perPixel
      return Math.abs(minutes - step * Math.round(minutes / step))
    })
    return strays.reduce((sum, stray) => sum + stray, 0) / strays.length
  }
  const insets = [0, height / 2, height]
  const least = Math.min(...insets.map(straying))
  return insets.find((inset) => straying(inset) <= least + asGood)!
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
