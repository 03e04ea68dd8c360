import type { BoundingBox, Page, Word } from "../document/Page.ts"
import { contains, median, middleX, middleY, overlap, sharedArea, union } from "../table/geometry.ts"
import { inReadingOrder, type Line, linesOf } from "../table/readingOrder.ts"
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
  /** Empty for one that was not read. */
  readonly words: ReadonlyArray<Word>
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
  const head = headOf(days)
  const bottom = head.y + head.height
  const below = page.words.filter(({ box }) => box.y > bottom && middleX(box) > columnEdges[1]!)
  const grounds = groundsOf(page, drawn)
  const framed = cardsOf(below, grounds.ofCards)
  const inFrames = framed.flatMap(({ words }) => words.filter(isNamed))
  // What stands below all cards and hours is no part of the calendar.
  const left = page.words.filter(({ box, text }) => middleX(box) < columnEdges[1]! && findTimes(text).length > 0)
  const reach = Math.max(...[...framed, ...left].map(({ box }) => box.y + box.height))
  const within = below.filter((word) => isNamed(word) && word.box.y < reach)
  // Cards whose shared edges are too faint to be seen look like one.
  const isOneEach = framed.every(({ words }) => rangesIn(words) <= 1)
  if (inFrames.length >= mostOf * within.length && isOneEach) {
    if (framed.length >= leastCards && framed.every(({ words }) => hasRange(words)))
      return { table: tableOf(page, days, columnEdges, framed, []), isClocked: true }
    const cut = framed.map(cutAtTexts)
    // Where most cards have two texts they are a name and its notes; else what has several is several cards.
    const hasNotes =
      cut.every(({ length }) => length <= 2) && cut.filter(({ length }) => length === 2).length > cut.length / 2
    for (const cards of [cut.flat(), framed]) {
      const hours = hoursBeside(page, grounds.ofHours, columnEdges[1]!, cards)
      const isCut = cards.length > framed.length
      if (cards.length >= leastCards && hours.length > 0 && (!isCut || !hasNotes || areCounted(cards, hours)))
        return { table: tableOf(page, days, columnEdges, cards, hours), isClocked: false }
    }
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

/** Texts of two cards stand further apart than this share of their height. */
const textGap = 0.6
/** The first text of a card stands no further below its edge than so many times its height. */
const mostInset = 1.2

/** Cards of one colour that touch, parted as far above each text as the first edge is above the first. */
const cutAtTexts = (card: Card): ReadonlyArray<Card> => {
  const texts: Array<Array<Line>> = []
  for (const line of linesOf(card.words).toSorted((a, b) => a.box.y - b.box.y)) {
    const before = texts.at(-1)?.at(-1)?.box
    if (before && line.box.y - (before.y + before.height) <= textGap * line.box.height) texts.at(-1)!.push(line)
    else texts.push([line])
  }
  const [first] = texts.flat()
  const inset = first ? first.box.y - card.box.y : -1
  if (texts.length < 2 || inset < 0 || inset > mostInset * first!.box.height) return [card]
  const edges = [...texts.map(([top]) => top!.box.y - inset), card.box.y + card.box.height]
  return texts.map((lines, i) => ({
    ...card,
    box: { ...card.box, y: edges[i]!, height: edges[i + 1]! - edges[i]! },
    words: lines.flatMap(({ words }) => words)
  }))
}

/** An edge off a minute that schools count by less, in minutes, is at it. */
const atStep = 1.5

/** Whether nearly all cards begin at minutes that schools count. */
const areCounted = (cards: ReadonlyArray<Card>, hours: ReadonlyArray<Hour & { readonly y: number }>): boolean => {
  const [first, last] = [hours[0]!, hours.at(-1)!]
  const perPixel = (last.minutes - first.minutes) / (last.y - first.y)
  const counted = cards.filter(({ box }) => {
    const minutes = first.minutes + (box.y - first.y) * perPixel
    return Math.abs(minutes - step * Math.round(minutes / step)) <= atStep
  })
  return counted.length >= mostOf * cards.length
}

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

/** What writing stands on, smallest first, and what that of hours does. */
interface Grounds {
  readonly ofCards: ReadonlyArray<Ground>
  readonly ofHours: ReadonlyArray<Ground>
}

/** Cells and coloured grounds. On an image cards show by their colours, as edges are missed, and hours by their edges. */
const groundsOf = (page: Page, drawn: ReadonlyArray<Table>): Grounds => {
  const isImage = page.words.some(({ source }) => source === "ocr")
  const small = (grounds: ReadonlyArray<Ground>) =>
    grounds
      .filter(({ box }) => box.width * box.height <= largestCard * page.widthPx * page.heightPx)
      .toSorted((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)
  const cells = drawn.flatMap((table) => table.cells.map(({ box, fill }) => ({ box, fill })))
  const colored = page.fills.map(({ box, color }) => ({ box: isImage ? atRules(box, page) : box, fill: color }))
  if (isImage) return { ofCards: [...small(colored), ...small(cells)], ofHours: small(cells) }
  const all = small([...cells, ...colored])
  return { ofCards: all, ofHours: all }
}

/** A coloured ground whose upper and lower edges are where rules were measured that run along most of them. */
const atRules = ({ height, width, x, y }: BoundingBox, { rules, words }: Page): BoundingBox => {
  const near = oneEdge * (median(words.map(({ box }) => box.height)) ?? 0)
  const level = rules.filter(
    ({ from, orientation, to }) => orientation === "horizontal" && 2 * overlap(from, to, x, x + width) > width
  )
  const edge = (at: number): number =>
    level.map(({ position }) => position).find((position) => Math.abs(position - at) <= near) ?? at
  const [top, bottom] = [edge(y), edge(y + height)]
  return { x, y: top, width, height: bottom - top }
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
  const days = best.map((line): NamedDay => {
    const [day] = findDays(line.text)!.days[0]!
    return { words: line.words, x: middleX(line.box), day: day! }
  })
  return withUnreadDays(days.toSorted((a, b) => a.x - b.x))
}

interface NamedDay extends DayHeading {
  /** 0 is Monday. */
  readonly day: number
}

/** Headings are as far apart as their days but for this share of the step from one day to the next. */
const evenStep = 0.2

/** Headings with those between that must have been there: where as many days are left out as columns have room. */
const withUnreadDays = (days: ReadonlyArray<NamedDay>): ReadonlyArray<DayHeading> => {
  const gaps = days.slice(1).map(({ day, x }, i) => ({ days: day - days[i]!.day, width: x - days[i]!.x }))
  const step = median(gaps.flatMap((gap) => (gap.days === 1 ? [gap.width] : [])))
  if (step === undefined) return days
  return days.flatMap((heading, i) => {
    const gap = gaps[i]
    if (!gap || gap.days < 2 || Math.abs(gap.width - gap.days * step) > evenStep * step) return [heading]
    const unread = Array.from({ length: gap.days - 1 }, (_, k) => ({ words: [], x: heading.x + (k + 1) * step }))
    return [heading, ...unread]
  })
}

const headOf = (days: ReadonlyArray<DayHeading>): BoundingBox =>
  union(days.flatMap(({ words }) => words.map(({ box }) => box)))

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

/** Edges further apart than so many minutes of a scale are two. */
const mostMinutes = 2

const pixelsPerMinute = (hours: ReadonlyArray<Hour & { readonly y: number }>): number =>
  hours.length < 2 ? Infinity : (hours.at(-1)!.y - hours[0]!.y) / (hours.at(-1)!.minutes - hours[0]!.minutes)

const tableOf = (
  page: Page,
  days: ReadonlyArray<DayHeading>,
  columnEdges: ReadonlyArray<number>,
  cards: ReadonlyArray<Card>,
  hours: ReadonlyArray<Hour & { readonly y: number }>
): Table => {
  const head = headOf(days)
  // Edges that stand for different times are two, however near.
  const near = Math.min(oneEdge * head.height, mostMinutes * pixelsPerMinute(hours))
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
  const written = [...days.map(({ words }, i) => cell(0, i + 1, 1, words, null)), ...marks.flat(), ...lessons]
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
    if (last && value - last[0]! <= near) last.push(value)
    else groups.push([value])
  }
  return groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length)
}

const textOf = (words: ReadonlyArray<Word>): string =>
  inReadingOrder(words)
    .map(({ text }) => text)
    .join(" ")
