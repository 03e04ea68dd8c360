import { weekdays } from "../../domain/Weekday.ts"
import { minutesOf } from "../../evaluation/Prediction.ts"
import { type Draft, draftOf } from "../../timetable/draft.ts"
import type { SourcedText } from "../../timetable/lessonText.ts"
import type { RejectedTimeblock } from "../LlmReading.ts"
import type { LlmTimeblock } from "../LlmTimetable.ts"
import type { Place, Spot } from "./Spot.ts"
import { condensed, findRuns, type PrintedRun, spelling, type Token } from "./tokens.ts"

/** What a page offers to ground a block in. */
export interface GroundingPage {
  readonly pageNumber: number
  readonly spots: ReadonlyArray<Spot>
  /** All that the page prints, in reading order. */
  readonly tokens: ReadonlyArray<Token>
}

/** The rule that the evidence of a name names: a model said it, and it is printed at a spot of that day and time. */
const rule = "printed-in-place"
const certainty = { printed: 0.97, corrected: 0.9 }

/**
 * The ways in which the page bears a block out, the best first, or why it does not. There are several where a name is
 * printed more than once for the same time. Fields besides that are not printed at the spot are left out.
 */
export const groundBlock = (
  block: LlmTimeblock,
  page: GroundingPage
): ReadonlyArray<Draft> | Exclude<RejectedTimeblock["reason"], "duplicate"> => {
  if (block.dayOfWeek === null && block.startTime === null) return "without_place"
  const found = page.spots.flatMap(({ place, sequences }): ReadonlyArray<Draft> => {
    if (!isAt(place, block)) return []
    const name = sequences.flatMap((sequence) => findRuns(sequence, block.name))[0]
    return name === undefined ? [] : [draftFrom(block, place, name, sequences.flat(), page)]
  })
  if (found.length > 0) return found.toSorted((one, other) => detailsOf(other) - detailsOf(one))
  if (findRuns(page.tokens, block.name).length === 0) return "name_not_printed"
  return isPrintedTime(block.startTime, page) && isPrintedTime(block.endTime, page)
    ? "out_of_place"
    : "time_not_printed"
}

/** How much else of a block was found where its name was. */
const detailsOf = ({ notes, room, subject, teacher }: Draft): number =>
  [notes, room, subject, teacher].filter((detail) => detail !== null).length

/** Whether a block is on the day and at the time of a place; an end that the place infers may be left open. */
const isAt = ({ day, end, start }: Place, block: LlmTimeblock): boolean =>
  (day === null ? null : weekdays[day.value]) === block.dayOfWeek &&
  (start?.value ?? null) === minutesOf(block.startTime) &&
  ((end?.value ?? null) === minutesOf(block.endTime) || (block.endTime === null && end?.rule === "next-start"))

const isPrintedTime = (time: string | null, { spots }: GroundingPage): boolean =>
  time === null || spots.some(({ place }) => [place.start, place.end].some((clock) => clock?.value === minutesOf(time)))

const draftFrom = (
  block: LlmTimeblock,
  place: Place,
  name: PrintedRun,
  around: ReadonlyArray<Token>,
  page: GroundingPage
): Draft => {
  const detail = (text: string | null) => printedText(text, around)
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
    notes: notesOf(block.notes, around, name),
    subject: detail(block.subject),
    room: detail(block.room),
    teacher: detail(block.teacher),
    week: place.week ?? printedWeek(block.week, page.tokens),
    className: place.className ?? printedText(block.className, page.tokens)
  })
}

/** A text as it is printed, or null where it is not. */
export const printedText = (text: string | null, tokens: ReadonlyArray<Token>): string | null => {
  const run = text === null ? undefined : findRuns(tokens, text)[0]
  return run === undefined ? null : spelling(text!, run.words)
}

/** The letter or number of a week that the page names as one: a letter alone stands on every page. */
const printedWeek = (text: string | null, tokens: ReadonlyArray<Token>): string | null => {
  const week = /(?:^|\s)([A-Z\d]{1,2})$/i.exec(text ?? "")?.[1]?.toUpperCase()
  return week !== undefined && weekWords.some((word) => findRuns(tokens, word + week).length > 0) ? week : null
}

const weekWords = ["week", "wk", "semaine"]

/** Notes may gather what stands apart: each of their words is printed at the spot and no part of the name. */
const notesOf = (text: string | null, around: ReadonlyArray<Token>, name: PrintedRun): SourcedText | null => {
  if (text === null || condensed(text) === "") return null
  const named = new Set(name.words)
  const free = around.filter(({ word }) => !named.has(word))
  const whole = findRuns(free, text)[0]
  if (whole !== undefined) return { value: spelling(text, whole.words), words: whole.words }
  const parts = text.split(/\s+/).filter((part) => condensed(part) !== "")
  const runs = parts.map((part) => findRuns(free, part)[0])
  if (!runs.every((run) => run !== undefined)) return null
  const words = [...new Set(runs.flatMap((run) => run.words))]
  return { value: spelling(text, words), words }
}
