/** Spots where the reading engine found lessons: what it made of their days and times, whatever it made of their text. */
import type { Page, Word } from "../../document/Page.ts"
import { drawnTables } from "../../table/drawnTables.ts"
import type { Line } from "../../table/readingOrder.ts"
import type { Draft } from "../../timetable/draft.ts"
import type { Spot } from "./Spot.ts"

/** The spots of drafts, and all words of the page that are spoken for by them. */
export interface ReadSpots {
  readonly spots: ReadonlyArray<Spot>
  readonly taken: ReadonlySet<Word>
}

/** @param statements The lines of the page, cut where wide gaps part them. */
export const readSpots = (page: Page, drafts: ReadonlyArray<Draft>, statements: ReadonlyArray<Line>): ReadSpots => {
  const tables = page.tables ?? drawnTables(page)
  const cells = tables.flatMap((table) => table.cells.map((cell) => ({ table, words: cell.words })))
  const cellOf = new Map(cells.flatMap((cell) => cell.words.map((word) => [word, cell] as const)))
  const statementOf = new Map(statements.flatMap(({ words }) => words.map((word) => [word, words] as const)))
  const claims = claimsOf(drafts)
  const taken = new Set<Word>()
  const spots = drafts.map((draft): Spot => {
    const own = textWords(draft)
    const saysWhen = new Set(whenWords(draft))
    const regions = new Set(own.map((word) => cellOf.get(word)?.words ?? statementOf.get(word) ?? []))
    for (const word of own) {
      const table = cellOf.get(word)?.table
      if (table !== undefined) for (const each of table.cells.flatMap(({ words }) => words)) taken.add(each)
      // Outside of tables a lesson without a day or time may only have been read in part.
      else if (isComplete(draft)) for (const each of statementOf.get(word) ?? []) taken.add(each)
    }
    const unclaimed = (word: Word) => (claims.get(word) ?? draft) === draft || sharesTime(claims.get(word)!, draft)
    const sequences = [own, ...[...regions].map((words) => words.filter(unclaimed))]
    return { place: draft, sequences: sequences.map((words) => words.filter((word) => !saysWhen.has(word))) }
  })
  return { spots, taken }
}

const isComplete = ({ day, start }: Draft): boolean => day !== null && start !== null

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
