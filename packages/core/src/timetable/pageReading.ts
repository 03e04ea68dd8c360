import type { Page, Word } from "../document/Page.ts"
import { alignedTables } from "../table/alignedTables.ts"
import { drawnTables } from "../table/drawnTables.ts"
import { contains, middleX, middleY, overlap, union } from "../table/geometry.ts"
import { type Line, linesOf } from "../table/readingOrder.ts"
import type { Table } from "../table/Table.ts"
import { type Axes, findAxes } from "./axes.ts"
import { bandsOf } from "./bands.ts"
import { type CardTable, cardTable } from "./cards.ts"
import { type CellReading, readCell } from "./cellReading.ts"
import { cellText, type Vocabulary } from "./cellText.ts"
import { type Hours, resolveClocks } from "./clocks.ts"
import { isCoarse } from "./coarseTables.ts"
import { readColumnsOfLists } from "./columnsOfLists.ts"
import { withDaysOfLetters } from "./dayLetters.ts"
import { placeDays } from "./daySequence.ts"
import { findDays } from "./days.ts"
import type { Draft } from "./draft.ts"
import { readGrid } from "./grid.ts"
import { withDaysOfLanguage } from "./headerLanguage.ts"
import { statementsOf } from "./headings.ts"
import { countPeriods } from "./periodSequence.ts"
import type { TableContext } from "./placed.ts"
import { daysOfHeading, readProse } from "./prose.ts"
import { isRecordList, readRecords } from "./records.ts"
import { partScaleBars } from "./scaleBars.ts"
import { splitHeaders } from "./splitHeaders.ts"
import { findTimes } from "./times.ts"
import { partsByTimesBesideDays } from "./timesBesideDays.ts"
import { partsByTimesOfDays } from "./timesOfDays.ts"
import { joinStraddling, stretchAlone } from "./undrawnSpans.ts"
import { type ListReading, withUnreadHeadings } from "./unreadHeadings.ts"
import { weekOfHeading } from "./weeks.ts"
import { groupsAlong } from "./wordGroups.ts"
import { joinWrappedHeaders } from "./wrappedHeaders.ts"

/** What one page gives: lessons, and the statements around them that may name class, school and term. */
export interface PageReading {
  readonly drafts: ReadonlyArray<Draft>
  readonly statements: ReadonlyArray<Line>
  /** What stands right above the only timetable of the page; null where that is nothing, a day, a time or a week. */
  readonly heading: string | null
}

/** Reads all timetables of one page: its tables, or its lines where no table is a timetable. */
export const readPage = (page: Page, vocabulary: Vocabulary): PageReading => {
  const stated = page.tables ?? drawnTables(page)
  const found = readTablesOrLines(page, stated, vocabulary)
  // Lists stand in no table that is drawn; a format may set them out in one.
  const drawn = stated.filter(({ origin }) => origin === "drawn")
  const isOpen = 2 * outside(page.words, drawn).length > page.words.length
  const columns = isOpen ? readColumnsOfLists(page, vocabulary) : null
  return columns && tellsMore(columns, found.drafts) ? { ...found, drafts: columns, heading: null } : found
}

/** Whether drafts, of which each has a day and a start, tell of more lessons or of more days than others do. */
const tellsMore = (drafts: ReadonlyArray<Draft>, others: ReadonlyArray<Draft>): boolean => {
  const placed = others.filter(isPlaced)
  const daysIn = (some: ReadonlyArray<Draft>) => new Set(some.map(({ day }) => day?.value)).size
  return lessonCount(drafts) > lessonCount(placed) || daysIn(drafts) > daysIn(placed)
}

const readTablesOrLines = (page: Page, stated: ReadonlyArray<Table>, vocabulary: Vocabulary): PageReading => {
  const asStated = readTables(stated, page, vocabulary)
  const finer = withCoarseRefined(stated, page, vocabulary)
  const drawn = finer && lessonCount(finer.drafts) > lessonCount(asStated.drafts) ? finer : asStated
  const isPart = isBroken(drawn.drafts)
  const undrawn = isPart ? readTables(alignedTables(page), page, vocabulary) : null
  const isBetter = undrawn && lessonCount(undrawn.drafts.filter(isPlaced)) > clearly * lessonCount(drawn.drafts)
  const found = isBetter ? undrawn : drawn
  // Edges of cards may draw a table as well, which is told from a grid by the days above it.
  const isGrid = found.drafts.length > 0 && !isPart && !namesDays(outside(page.words, stated))
  const calendar = isGrid ? [] : readCards(cardTable(page, stated), page, vocabulary)
  if (lessonCount(calendar) > lessonCount(found.drafts.filter(isPlaced)))
    return { ...found, drafts: calendar, heading: null }
  if (found.drafts.length > 0) return found
  // No table is a timetable: what is drawn may be the frame of a page of writing.
  const { words } = page
  const aligned = alignedTables(page)
  const fromAligned = aligned.map((table) => readTable(table, statementsOf(outside(words, [table])), vocabulary, page))
  const prose = readProse(words, vocabulary, { page: page.pageNumber, days: [], within: null, origin: null })
  const lists = nameClasses(withUnreadHeadings(fromAligned))
  const drafts = lessonCount(lists) >= lessonCount(prose) ? lists : prose
  return { ...found, drafts, heading: null }
}

const rulesOfCards = new Set(["time-in-cell", "time-scale"])

/** The lessons of a calendar; none where any of them has no day or time. */
const readCards = (cards: CardTable | null, page: Page, vocabulary: Vocabulary): ReadonlyArray<Draft> => {
  if (cards === null) return []
  const { isClocked, table } = cards
  const readings = readCells(table, vocabulary)
  const axes = findAxes(readings)
  if (axes === null) return []
  // A short name beside a time looks like the header of one.
  const ofDays = { ...axes, times: null, headerColumns: new Set<number>() }
  const context = contextOf(table, statementsOf(outside(page.words, [table])), vocabulary, page)
  const drafts = readGrid(readings, isClocked ? ofDays : axes, context)
  // Hours that are no scale would be taken for the slots of a grid.
  return drafts.every(({ day, start }) => day && start && rulesOfCards.has(start.rule)) ? drafts : []
}

const readTables = (tables: ReadonlyArray<Table>, page: Page, vocabulary: Vocabulary): PageReading => {
  const headings = statementsOf(outside(page.words, tables))
  const read = tables.map((table) => readTable(table, headings, vocabulary, page))
  const titles = read.flatMap(({ titles }) => titles)
  const written = read.filter(({ drafts }) => drafts.length > 0)
  const heading = written.length === 1 ? written[0]!.heading : null
  return { drafts: nameClasses(withUnreadHeadings(read)), statements: [...headings, ...titles], heading }
}

/** So many days make headings. */
const leastDays = 3

const namesDays = (words: ReadonlyArray<Word>): boolean =>
  words.filter(({ text }) => findDays(text) !== null).length >= leastDays

const isPlaced = ({ day, start }: Draft): boolean => day !== null && start !== null

/** What is drawn is left for how words align where that tells of so many times as many lessons. */
const clearly = 1.2

/**
 * Whether what is drawn is a part of the timetable or coarser than it: most of its lessons have no day or time, or are
 * several texts side by side, or a header prints two times.
 */
const isBroken = (drafts: ReadonlyArray<Draft>): boolean => {
  const isWhole = (draft: Draft): boolean =>
    isPlaced(draft) && linesOf(draft.name.words).every(({ words }) => groupsAlong(words, "columns").length < 2)
  const hasTwoTimes = drafts.some(({ suspicions }) => suspicions.includes("twoTimes"))
  return hasTwoTimes || 2 * drafts.filter(isWhole).length < drafts.length
}

/** Reads by how its words align what only shading draws, beside the other tables; null where there is none of it. */
const withCoarseRefined = (tables: ReadonlyArray<Table>, page: Page, vocabulary: Vocabulary): PageReading | null => {
  const fine = tables.filter((table) => !isCoarse(table, vocabulary))
  if (fine.length === tables.length) return null
  const { pageNumber, words } = page
  const aligned = alignedTables({ pageNumber, words: outside(words, fine) })
  return readTables([...fine, ...aligned], page, vocabulary)
}

/** How many lessons drafts tell apart; what several days share counts once. */
const lessonCount = (drafts: ReadonlyArray<Draft>): number =>
  new Set(drafts.map(({ name, start }) => name.words[0] ?? `${start?.value} ${name.value}`)).size

const outside = (words: ReadonlyArray<Word>, tables: ReadonlyArray<Table>): ReadonlyArray<Word> =>
  words.filter(({ box }) => !tables.some((table) => contains(table.box, middleX(box), middleY(box))))

interface TableReading extends ListReading {
  /** Statements inside the table that are no part of its grid. */
  readonly titles: ReadonlyArray<Line>
  /** What stands right above the table; null where that is nothing, a day or a time. */
  readonly heading: string | null
}

/** Where several timetables stand on one page, each under a heading of its own, the headings tell the classes. */
const nameClasses = (tables: ReadonlyArray<TableReading>): ReadonlyArray<Draft> => {
  const written = tables.filter(({ drafts }) => drafts.length > 0)
  const headings = new Set(written.map(({ heading }) => heading))
  const apart = written.length > 1 && headings.size === written.length && !headings.has(null)
  return written.flatMap(({ drafts, heading }) =>
    apart ? drafts.map((draft) => ({ ...draft, className: draft.className ?? heading })) : drafts
  )
}

const readTable = (found: Table, headings: ReadonlyArray<Line>, vocabulary: Vocabulary, page: Page): TableReading => {
  const joined = joinStraddling(stretchAlone(joinWrappedHeaders(found)))
  const table = splitHeaders(partScaleBars(joined, vocabulary), vocabulary)
  const context = contextOf(table, headings, vocabulary, page)
  const whole = readCells(table, vocabulary)
  const parts = partsByTimesOfDays(table, whole) ??
    partsByTimesBesideDays(table, whole) ?? [{ table, holdsFor: () => true }]
  const results = parts.flatMap((part) => {
    const readings = part.table === table ? whole : readCells(part.table, vocabulary)
    const bands = bandsOf(part.table, readings)
    return bands.map((band) => {
      const { drafts, titles } = readBand(bands.length === 1 ? readings : readCells(band, vocabulary), context)
      return { drafts: drafts.filter(part.holdsFor), titles }
    })
  })
  return {
    drafts: results.flatMap(({ drafts }) => drafts),
    titles: results.flatMap(({ titles }) => titles),
    origin: table.origin,
    heading: context.heading
  }
}

const readCells = ({ cells }: Table, vocabulary: Vocabulary): ReadonlyArray<CellReading> =>
  countPeriods(placeDays(withDaysOfLetters(withDaysOfLanguage(cells.map((cell) => readCell(cell, vocabulary))))))

const readBand = (
  readings: ReadonlyArray<CellReading>,
  context: SurroundedTable
): Pick<TableReading, "drafts" | "titles"> => {
  const axes = findAxes(readings, context.within)
  if (!axes) return { drafts: [], titles: readings.flatMap(({ cell }) => statementsOf(cell.words)) }
  const read = isRecordList(readings, axes) ? readRecords(readings, axes, context) : readGrid(readings, axes, context)
  const firstHeader = Math.min(...axes.headerRows, Infinity)
  const titles = readings
    .filter(({ cell }) => cell.rowIndex + cell.rowSpan <= firstHeader && Number.isFinite(firstHeader))
    .flatMap(({ cell }) => statementsOf(cell.words))
  const week =
    weekOfCorner(readings, axes) ?? titles.map(({ text }) => weekOfHeading(text)).find(isNamed) ?? context.week
  return {
    drafts: read.map((draft) => ({ ...draft, week: draft.week ?? week })),
    titles: read.length === 0 ? [...titles, ...columnsAsLines(readings)] : titles
  }
}

/** What stands below each other in a table without lessons, as one line: a number of a period above its time. */
const columnsAsLines = (readings: ReadonlyArray<CellReading>): ReadonlyArray<Line> =>
  [...Map.groupBy(readings, ({ cell }) => cell.columnIndex).values()].flatMap((column) => {
    const words = column.flatMap(({ cell }) => cell.words)
    const text = column.map(({ text }) => text.text.replaceAll("\n", " ")).join(" ")
    return words.length === 0 ? [] : [{ words, box: union(words.map(({ box }) => box)), rotation: 0, text }]
  })

const isNamed = (week: string | null): boolean => week !== null

/** The week that stands where the headers of days and times meet. */
const weekOfCorner = (readings: ReadonlyArray<CellReading>, { headerColumns, headerRows }: Axes): string | null =>
  readings
    .filter(({ cell }) => headerRows.has(cell.rowIndex) && headerColumns.has(cell.columnIndex))
    .map(({ text }) => weekOfHeading(text.text.replaceAll("\n", " ")))
    .find(isNamed) ?? null

/** One sign alone is a speck or a piece of a border. */
const isWriting = /[\p{L}\p{N}].*[\p{L}\p{N}]/u

/** A heading that names a class is short; sentences are longer. */
const headingLimit = 40

/** A table with what its heading says of it. */
interface SurroundedTable extends TableContext, Pick<TableReading, "heading"> {
  /** The week of a cycle that the heading names. */
  readonly week: string | null
}

/** Days, hours and week that the nearest heading above a table states. */
const contextOf = (
  table: Table,
  headings: ReadonlyArray<Line>,
  vocabulary: Vocabulary,
  page: Page
): SurroundedTable => {
  const { x, y, width } = table.box
  const above = headings
    .filter(({ text }) => isWriting.test(text))
    .filter(({ box }) => box.y + box.height / 2 < y && overlap(box.x, box.x + box.width, x, x + width) > 0)
    .toSorted((a, b) => b.box.y - a.box.y)
    .map(({ words }) => cellText(words, null, vocabulary))
  const days =
    above
      .slice(0, 3)
      .map(daysOfHeading)
      .find((found) => found.length > 0) ?? []
  const nearest = above[0]?.text ?? ""
  const short = nearest.length <= headingLimit ? nearest : ""
  const week = weekOfHeading(short)
  const telling = short !== "" && week === null && findTimes(short).length === 0 && !findDays(short)
  return {
    page: page.pageNumber,
    days,
    within: hoursIn(nearest),
    origin: table.origin,
    heading: telling ? nearest : null,
    week
  }
}

/** The hours that a heading states with am and pm, such as `Afternoon (1:00 PM – 4:00 PM)`. */
const hoursIn = (heading: string): Hours | null => {
  const mention = findTimes(heading).find(({ end }) => end !== null)
  if (!mention?.end?.meridiem) return null
  const [range] = resolveClocks([mention])
  const [from, to] = [range!.start.minutes, range!.end!.minutes]
  return from < to ? [from, to] : null
}
