import type { ReadBlock } from "../confidence/ReadBlock.ts"
import type { Page, Word } from "../document/Page.ts"
import { alignedTables } from "../table/alignedTables.ts"
import { appendTable, sharesColumns, sharesEdge } from "../table/appendTable.ts"
import { drawnTables } from "../table/drawnTables.ts"
import { middleY } from "../table/geometry.ts"
import type { Table } from "../table/Table.ts"
import { type Axes, findAxes } from "./axes.ts"
import { type CellReading, isDayHeader, isPeriodHeader, isTimeHeader, readCell } from "./cellReading.ts"
import type { Vocabulary } from "./cellText.ts"
import { placeDays } from "./daySequence.ts"
import type { Draft } from "./draft.ts"
import { withDaysOfLanguage } from "./headerLanguage.ts"
import { timeLines } from "./headerLines.ts"
import { inferringRules } from "./inferringRules.ts"
import { countPeriods } from "./periodSequence.ts"
import { isRecordList } from "./records.ts"
import type { Sourced } from "./sourced.ts"
import type { PrintedClock } from "./times.ts"

/** The pages of a document with tables that go on over the end of a page put together. */
export interface JoinedPages {
  /** As they are to be read: what is continued stands whole on its first page, and no more on the later ones. */
  readonly pages: ReadonlyArray<Page>
  /** Words of the later parts as they were, and the pages that they are on, by what became of them. */
  readonly moved: ReadonlyMap<Word, HomeWord>
}

/** A word where it stands, and its page. */
export interface HomeWord {
  readonly word: Word
  readonly page: Page
}

/** A table, and the indices of its first and last page. */
interface Part {
  readonly page: number
  readonly lastPage: number
  readonly table: Table
}

/**
 * Puts each table without headers of its own below the one before it whose columns it shares and whose times or days it
 * goes on with: schools print long weeks over two pages, and name the days on the first alone.
 */
export const joinContinued = (pages: ReadonlyArray<Page>, vocabulary: Vocabulary): JoinedPages => {
  const found = pages.map(tablesOf)
  const moved = new Map<Word, HomeWord>()
  if (found.flat().length < 2) return { pages, moved }
  const kept: Array<Part> = []
  const gone = pages.map((): Array<Table> => [])
  for (const [page, tables] of found.entries()) {
    for (const table of tables) {
      const before = kept.at(-1)
      const part = { page, lastPage: page, table }
      const goesOn = before !== undefined && isContinued(before, part, pages, vocabulary)
      const appended = goesOn ? appendTable(before.table, table) : null
      if (!goesOn || appended === null) {
        kept.push(part)
        continue
      }
      for (const [copy, word] of appended.moved) moved.set(copy, { word, page: pages[page]! })
      kept[kept.length - 1] = { page: before.page, lastPage: page, table: appended.table }
      if (page !== before.page) gone[page]!.push(table)
    }
  }
  if (moved.size === 0) return { pages, moved }
  const joined = pages.map((page, i): Page => {
    const taken = new Set(gone[i]!.flatMap(({ cells }) => cells.flatMap(({ words }) => words)))
    return {
      ...page,
      words: page.words.filter((word) => !taken.has(word)),
      tables: kept.flatMap(({ page, table }) => (page === i ? [table] : []))
    }
  })
  return { pages: joined, moved }
}

/** What is drawn; where nothing is, what aligns. */
const tablesOf = (page: Page): ReadonlyArray<Table> => {
  const stated = page.tables ?? drawnTables(page)
  return stated.length > 0 ? stated : alignedTables(page)
}

const isContinued = (before: Part, after: Part, pages: ReadonlyArray<Page>, vocabulary: Vocabulary): boolean => {
  if (!sharesColumns(before.table, after.table) || after.page > before.lastPage + 1) return false
  const [upper, lower] = [before, after].map(({ table }) => readingsOf(table, vocabulary)) as [Readings, Readings]
  const axes = findAxes(upper)
  if (axes === null || !sharesEdge(before.table, after.table, 1 + Math.max(-1, ...axes.headerColumns))) return false
  const own = findAxes(lower)
  if (isRecordList(upper, axes)) return !isHeadedBetween(before, after, pages) && goesOnAsList(axes, lower)
  if (isAlong(axes, "columns")) {
    return own?.days?.direction !== "columns" && own?.times?.direction !== "columns" && goesOnInTime(axes, lower)
  }
  return isAlong(axes, "rows") && !hasTimesAbove(axes, lower) && goesOnInDays(axes, lower)
}

type Readings = ReadonlyArray<CellReading>

const readingsOf = (table: Table, vocabulary: Vocabulary): Readings =>
  countPeriods(placeDays(withDaysOfLanguage(table.cells.map((cell) => readCell(cell, vocabulary)))))

/** Whether days stand along one side of a grid and times, or periods, along the other. */
const isAlong = ({ days, times }: Axes, direction: "columns" | "rows"): boolean =>
  days?.direction === direction && times !== null && times.direction !== direction

/** A table under a line of writing is one of its own, unless the line ends the page before. */
const isHeadedBetween = (before: Part, after: Part, pages: ReadonlyArray<Page>): boolean => {
  const top = after.table.box.y
  const from = before.lastPage === after.page ? before.table.box.y + before.table.box.height : -Infinity
  return pages[after.page]!.words.some(({ box }) => middleY(box) < top && middleY(box) > from)
}

const inHeaderColumns = (axes: Axes, lower: Readings): Readings =>
  lower.filter(({ cell, isBlank }) => !isBlank && axes.headerColumns.has(cell.columnIndex))

/** Whether the first time or period beside a table is one that may follow on the last of another. */
const goesOnInTime = (axes: Axes, lower: Readings): boolean => {
  const headers = inHeaderColumns(axes, lower)
  const timed = headers.find(isTimeHeader)
  const lastStart = axes.times!.slots.findLast(({ start }) => start !== null)?.start?.value
  if (timed && lastStart !== undefined) return mayFollow(timed.times[0]!.start, lastStart)
  const counted = headers.find(isPeriodHeader)
  const lastPeriod = axes.times!.slots.findLast(({ period }) => period !== null)?.period?.value
  return counted !== undefined && lastPeriod !== undefined && counted.period! > lastPeriod
}

/** What goes on after the end of a page begins so many minutes after what stood last, at most. */
const longestGap = 4 * 60

const mayFollow = ({ hour, looks24, meridiem, minute }: PrintedClock, last: number): boolean => {
  const early = (hour % 12) * 60 + minute
  const readings =
    hour > 12 || (looks24 && hour < 12) || meridiem === "am" ? [hour * 60 + minute] : [early, early + 720]
  return readings.some((start) => start > last && start <= last + longestGap)
}

/** Whether a row of times stands there that is no day's: lessons may print times of their own. */
const hasTimesAbove = (axes: Axes, lower: Readings): boolean => {
  const ofDays = new Set(
    inHeaderColumns(axes, lower).flatMap((reading) => (isDayHeader(reading) ? rowsOf(reading) : []))
  )
  return timeLines(lower).some(({ direction, index }) => direction === "columns" && !ofDays.has(index))
}

const rowsOf = ({ cell }: CellReading): ReadonlyArray<number> =>
  Array.from({ length: cell.rowSpan }, (_, i) => cell.rowIndex + i)

/** Whether the first day beside a table is one that may follow on the last of another. */
const goesOnInDays = (axes: Axes, lower: Readings): boolean => {
  const first = inHeaderColumns(axes, lower).find(isDayHeader)?.days?.days[0]
  const last = axes.days!.slots.at(-1)?.days.at(-1)?.value
  return first !== undefined && last !== undefined && first.some((day) => day >= last)
}

/**
 * Whether the first row of a table is a row of a list already: it has a time where the list has them, and a later one
 * where no column of days says that another day begins.
 */
const goesOnAsList = (axes: Axes, lower: Readings): boolean =>
  (axes.days !== null || goesOnInTime(axes, lower)) &&
  lower.some((reading) => {
    const { columnIndex, rowIndex } = reading.cell
    return rowIndex === 0 && axes.headerColumns.has(columnIndex) && isTimeHeader(reading) && !reading.isDayAndTime
  })

/**
 * A draft that was read on a page, with its words where they stand and on the page of its name. What stands on another
 * page than the name is said to be continued.
 */
export const broughtHome = (draft: Draft, readOn: Page, moved: JoinedPages["moved"]): ReadBlock => {
  const pageOf = (words: ReadonlyArray<Word>): Page => (words[0] && moved.get(words[0])?.page) ?? readOn
  const atHome = <F extends { readonly words: ReadonlyArray<Word> }>(field: F): F => ({
    ...field,
    words: field.words.map((word) => moved.get(word)?.word ?? word)
  })
  const page = pageOf(draft.name.words)
  const field = (of: Sourced<number> | null): Sourced<number> | null => {
    if (of === null) return null
    const home = pageOf(of.words)
    if (home === page) return atHome(of)
    const rule = inferringRules.has(of.rule) ? of.rule : "continued"
    return { ...atHome(of), rule, page: home, certainty: Math.min(of.certainty, certaintyOfContinued) }
  }
  return {
    page,
    draft: {
      ...draft,
      page: page.pageNumber,
      day: field(draft.day),
      start: field(draft.start),
      end: field(draft.end),
      name: atHome(draft.name),
      notes: draft.notes && atHome(draft.notes)
    }
  }
}

const certaintyOfContinued = 0.98
