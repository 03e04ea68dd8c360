import type { Word } from "../../document/Page.ts"
import { type Weekday, weekdays } from "../../domain/Weekday.ts"
import { minutesOf } from "../../evaluation/Prediction.ts"
import { type Draft, draftOf } from "../../timetable/draft.ts"
import type { SourcedText } from "../../timetable/lessonText.ts"
import type { RejectedTimeblock } from "../LlmReading.ts"
import type { LlmTimeblock } from "../LlmTimetable.ts"
import type { Place, Spot } from "./Spot.ts"
import { condensed, findRun, isWritten, type PrintedRun, spelling, type Writing, without, writingOf } from "./tokens.ts"

/** What a page offers to ground blocks in. */
export interface GroundingPage {
  readonly pageNumber: number
  /** By {@link timeKey}. */
  readonly spots: ReadonlyMap<string, ReadonlyArray<Spot>>
  /** All minutes of the day at which something begins or ends. */
  readonly clocks: ReadonlySet<number>
  /** All that the page prints. */
  readonly writing: Writing
}

/** @param words All of the page, in reading order. */
export const groundingPage = (
  pageNumber: number,
  spots: ReadonlyArray<Spot>,
  words: ReadonlyArray<Word>
): GroundingPage => ({
  pageNumber,
  spots: Map.groupBy(spots, ({ place: { day, start } }) =>
    timeKey(day === null ? null : weekdays[day.value]!, start?.value ?? null)
  ),
  clocks: new Set(spots.flatMap(({ place: { end, start } }) => [start, end].flatMap((clock) => clock?.value ?? []))),
  writing: writingOf(words)
})

const timeKey = (day: Weekday | null, start: number | null): string => `${day} ${start}`

/** The rule that the evidence of a name names: a model said it, and it is printed at a spot of that day and time. */
const rule = "printed-in-place"
const certainty = { printed: 0.97, corrected: 0.9 }

/** A block and the place that it was found at. */
export interface GroundedBlock {
  readonly draft: Draft
  readonly place: Place
}

/** No page means a name so often at one time: where one does, what is left of it is as good. */
const mostWays = 20

/**
 * The block as the page bears it out, or why it does not. Where its name is printed more than once for the same time, the
 * spot counts that says most of the rest; fields that are not printed there are left out.
 *
 * @param isTaken Whether these words are another block's name at a place of this time.
 */
export const groundBlock = (
  block: LlmTimeblock,
  page: GroundingPage,
  isTaken: (place: Place, words: ReadonlyArray<Word>) => boolean
): GroundedBlock | RejectedTimeblock["reason"] => {
  if (block.dayOfWeek === null && block.startTime === null) return "without_place"
  const at = page.spots.get(timeKey(block.dayOfWeek, minutesOf(block.startTime))) ?? []
  const wanted = condensed(block.name)
  const ways: Array<GroundedBlock> = []
  let isSaidAgain = false
  for (const spot of at) {
    const name = endsWith(spot.place, block) ? firstOf(spot.sequences, (each) => findRun(each, wanted)) : null
    if (name === null) continue
    if (isTaken(spot.place, name.words)) isSaidAgain = true
    else ways.push({ place: spot.place, draft: draftAt(spot, name, block, page) })
    if (ways.length === mostWays) break
  }
  const [best] = ways.toSorted((one, other) => detailsOf(other) - detailsOf(one))
  if (best !== undefined) return best
  if (isSaidAgain) return "duplicate"
  if (!isWritten(page.writing, block.name)) return "name_not_printed"
  const isKnown = (time: string | null) => time === null || page.clocks.has(minutesOf(time)!)
  return isKnown(block.startTime) && isKnown(block.endTime) ? "out_of_place" : "time_not_printed"
}

/** How much else of a block was found where its name was. */
const detailsOf = ({ draft: { notes, room, subject, teacher } }: GroundedBlock): number =>
  [notes, room, subject, teacher].filter((detail) => detail !== null).length

/** Whether a block ends when a place does; an end that the place infers may be left open. */
const endsWith = ({ end }: Place, { endTime }: LlmTimeblock): boolean =>
  (end?.value ?? null) === minutesOf(endTime) || (endTime === null && end?.rule === "next-start")

/** The block as it is printed at a spot, with its name there. */
const draftAt = ({ place, sequences }: Spot, name: PrintedRun, block: LlmTimeblock, page: GroundingPage): Draft => {
  const detail = (text: string | null) => firstOf(sequences, (sequence) => printedText(text, sequence))
  return draftOf({
    ...place,
    page: page.pageNumber,
    end: block.endTime === null ? null : place.end,
    name: {
      value: spelling(block.name, name.words),
      words: name.words,
      rule,
      repaired: name.isCorrected,
      certainty: name.isCorrected ? certainty.corrected : certainty.printed
    },
    notes: firstOf(sequences, (sequence) => notesOf(block.notes, sequence, name)),
    subject: detail(block.subject),
    room: detail(block.room),
    teacher: detail(block.teacher),
    week: place.week ?? printedWeek(block.week, page.writing),
    className: place.className ?? printedText(block.className, page.writing)
  })
}

const firstOf = <A, B>(values: ReadonlyArray<A>, find: (value: A) => B | null): B | null => {
  for (const value of values) {
    const found = find(value)
    if (found !== null) return found
  }
  return null
}

/** A text as it is printed, or null where it is not. */
export const printedText = (text: string | null, writing: Writing): string | null => {
  const run = text === null ? null : findRun(writing, condensed(text))
  return run === null ? null : spelling(text!, run.words)
}

/** The letter or number of a week that the page names as one: a letter alone stands on every page. */
const printedWeek = (text: string | null, writing: Writing): string | null => {
  const week = /(?:^|\s)([A-Z\d]{1,2})$/i.exec(text ?? "")?.[1]?.toUpperCase()
  return week !== undefined && weekWords.some((word) => findRun(writing, word + week.toLowerCase()) !== null)
    ? week
    : null
}

const weekWords = ["week", "wk", "semaine"]

/** Notes may gather what stands apart: each of their words is printed at the spot and no part of the name. */
const notesOf = (text: string | null, writing: Writing, name: PrintedRun): SourcedText | null => {
  if (text === null || condensed(text) === "") return null
  const free = without(writing, name.words)
  const whole = findRun(free, condensed(text))
  if (whole !== null) return { value: spelling(text, whole.words), words: whole.words }
  const parts = text
    .split(/\s+/)
    .map(condensed)
    .filter((part) => part !== "")
  const runs = parts.map((part) => findRun(free, part))
  if (!runs.every((run) => run !== null)) return null
  const words = [...new Set(runs.flatMap((run) => run.words))]
  return { value: spelling(text, words), words }
}
