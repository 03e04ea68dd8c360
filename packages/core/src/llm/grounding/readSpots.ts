/** Spots where the reading engine found lessons: what it made of their days and times, whatever it made of their text. */
import type { Page, Word } from "../../document/Page.ts"
import { drawnTables } from "../../table/drawnTables.ts"
import { sharesHalf } from "../../table/geometry.ts"
import type { Line } from "../../table/readingOrder.ts"
import type { Draft } from "../../timetable/draft.ts"
import type { Spot } from "./Spot.ts"
import { writingOf } from "./tokens.ts"

/** The spots of drafts, and all words of the page that are spoken for by them. */
export interface ReadSpots {
  readonly spots: ReadonlyArray<Spot>
  readonly taken: ReadonlySet<Word>
}

/** @param statements The lines of the page, cut where wide gaps part them. */
export const readSpots = (page: Page, drafts: ReadonlyArray<Draft>, statements: ReadonlyArray<Line>): ReadSpots => {
  const tables = page.tables ?? drawnTables(page)
  const cells = tables.flatMap((table) => table.cells.map((cell) => ({ table, words: cell.words })))
  const cellOf = byWord(cells)
  const statementOf = byWord(statements)
  const claims = claimsOf(drafts)
  const taken = new Set<Word>()
  const spots = drafts.flatMap((draft): ReadonlyArray<Spot> => {
    const own = textWords(draft)
    const [inCells, loose] = [placesOf(own, cellOf), placesOf(own, statementOf)]
    if (inCells.length === 0 && !isSure(draft, loose)) return []
    const around = inCells.length > 0 ? inCells.flatMap(({ table }) => table.cells) : loose
    for (const { words } of around) for (const word of words) taken.add(word)
    const saysWhen = new Set(whenWords(draft))
    const isFree = (word: Word) => !saysWhen.has(word) && sharesTime(claims.get(word) ?? draft, draft)
    const sequences = [own, ...(inCells.length > 0 ? inCells : loose).map(({ words }) => words)]
    return [{ place: draft, sequences: sequences.map((words) => writingOf(words.filter(isFree))) }]
  })
  return { spots, taken }
}

interface Written {
  readonly words: ReadonlyArray<Word>
}

const byWord = <W extends Written>(places: ReadonlyArray<W>): ReadonlyMap<Word, W> =>
  new Map(places.flatMap((place) => place.words.map((word) => [word, place] as const)))

const placesOf = <W>(words: ReadonlyArray<Word>, placeOf: ReadonlyMap<Word, W>): ReadonlyArray<W> => [
  ...new Set(words.flatMap((word) => placeOf.get(word) ?? []))
]

/**
 * Whether a lesson that was read outside of tables can be relied on to be one: a line without a day or time may have been
 * read in part, and one with wide gaps may hold several lessons side by side.
 */
const isSure = ({ day, start }: Draft, statements: ReadonlyArray<Line>): boolean =>
  day !== null && start !== null && !statements.some((one, index) => statements.slice(index + 1).some(sharesRow(one)))

const sharesRow =
  ({ box: one }: Line) =>
  ({ box: other }: Line): boolean =>
    sharesHalf(one.y, one.y + one.height, other.y, other.y + other.height)

const textWords = ({ name, notes }: Draft): ReadonlyArray<Word> => [
  ...new Set([...name.words, ...(notes?.words ?? [])])
]

const whenWords = ({ day, end, start }: Draft): ReadonlyArray<Word> =>
  [day, start, end].flatMap((field) => field?.words ?? [])

/** Which draft the text of each word belongs to: a cell may hold several lessons, each with a time of its own. */
const claimsOf = (drafts: ReadonlyArray<Draft>): ReadonlyMap<Word, Draft> =>
  new Map(drafts.flatMap((draft) => textWords(draft).map((word) => [word, draft] as const)))

/** A lesson on several days is one draft a day, with the same words. */
const sharesTime = (one: Draft, other: Draft): boolean =>
  one.start?.value === other.start?.value && one.end?.value === other.end?.value && one.period === other.period
