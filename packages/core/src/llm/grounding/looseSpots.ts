/** Spots of writing in which the reading engine found no timetable: days and times are tied to it by where they stand. */
import type { BoundingBox, Word } from "../../document/Page.ts"
import { overlap } from "../../table/geometry.ts"
import type { Line } from "../../table/readingOrder.ts"
import { type CellText, cellText, type Vocabulary, wordsBetween } from "../../timetable/cellText.ts"
import { resolveClocks, uses24 } from "../../timetable/clocks.ts"
import { findDays } from "../../timetable/days.ts"
import { daysOfHeading } from "../../timetable/prose.ts"
import type { Sourced } from "../../timetable/sourced.ts"
import { findTimes, type TimeMention } from "../../timetable/times.ts"
import type { Place, Spot } from "./Spot.ts"
import { writingOf } from "./tokens.ts"

interface Statement {
  readonly box: BoundingBox
  readonly text: CellText
  readonly days: ReadonlyArray<Sourced<number>>
  readonly times: Times | null
}

type Times = Pick<Place, "start" | "end">

/** The rule that says of evidence that it was found by where it stands. */
const rule = "stands-beside"
const certainty = 0.95

/** What can be said of each statement: its own day and time, else those of the nearest heading above or to the left. */
export const looseSpots = (lines: ReadonlyArray<Line>, vocabulary: Vocabulary): ReadonlyArray<Spot> => {
  const statements = statementsOf(lines, vocabulary)
  const dayTelling = statements.filter(({ days }) => days.length > 0)
  const timeTelling = statements.filter(({ times }) => times !== null)
  return statements.flatMap((statement): ReadonlyArray<Spot> => {
    const days = statement.days.length > 0 ? statement.days : tiedTo(statement, dayTelling).flatMap(({ days }) => days)
    const timed = statement.times === null ? tiedTo(statement, timeTelling) : [statement]
    const times = timed.flatMap(({ times }) => times ?? [])
    if (days.length === 0 && times.length === 0) return []
    const places = orNothing(days).flatMap((day) =>
      orNothing(times).map((time) => placeOf(day, time?.start ?? null, time?.end ?? null))
    )
    return places.map((place) => ({ place, sequences: [writingOf(besides(statement, place))] }))
  })
}

const orNothing = <A>(values: ReadonlyArray<A>): ReadonlyArray<A | null> => (values.length === 0 ? [null] : values)

const placeOf = (day: Place["day"], start: Place["start"], end: Place["end"]): Place => ({
  day,
  start,
  end,
  period: null,
  periodEnd: null,
  week: null,
  color: null,
  className: null
})

/** The words of a statement that do not say when it is. */
const besides = ({ text }: Statement, { day, end, start }: Place): ReadonlyArray<Word> => {
  const saysWhen = new Set([day, start, end].flatMap((field) => field?.words ?? []))
  return text.pieces.map(({ word }) => word).filter((word) => !saysWhen.has(word))
}

const statementsOf = (lines: ReadonlyArray<Line>, vocabulary: Vocabulary): ReadonlyArray<Statement> => {
  const read = lines.map(({ box, words }) => {
    const text = cellText(words, null, vocabulary)
    return { box, text, mention: findTimes(text.text)[0] ?? null }
  })
  const mentions = read.flatMap(({ mention }) => mention ?? [])
  const clocks = resolveClocks(mentions, {
    uses24: uses24(mentions.flatMap(({ end, start }) => (end === null ? [start] : [start, end])))
  })
  const resolved = new Map(mentions.map((mention, index) => [mention, clocks[index]!]))
  return read.map(({ box, mention, text }) => ({
    box,
    text,
    days: headDays(text),
    times: mention === null ? null : sourcedTimes(text, mention, resolved.get(mention)!)
  }))
}

/** The days that a text begins with, or ends with as a title, each with the words that name them. */
const headDays = (text: CellText): ReadonlyArray<Sourced<number>> => {
  const words = text.pieces.map(({ word }) => word)
  const naming = words.findLastIndex((_, index) => findDays(textOf(words.slice(0, index + 1)))?.rest === "")
  return daysOfHeading(text).map((day) => ({
    ...day,
    // A title that ends in days does not begin with them.
    words: naming < 0 ? day.words : words.slice(0, naming + 1),
    rule,
    certainty
  }))
}

const textOf = (words: ReadonlyArray<Word>): string => words.map(({ text }) => text).join(" ")

const sourcedTimes = (
  text: CellText,
  mention: TimeMention,
  { end, start }: ReturnType<typeof resolveClocks>[number]
): Times => {
  const sourced = (clock: TimeMention["start"], value: number): Sourced<number> => ({
    value,
    words: wordsBetween(text, clock.from, clock.to),
    rule,
    repaired: false,
    certainty
  })
  return {
    start: sourced(mention.start, start.minutes),
    end: end === null || mention.end === null ? null : sourced(mention.end, end.minutes)
  }
}

/** The nearest of `telling` above, in the same column, and the nearest to the left, on the same row. */
const tiedTo = ({ box }: Statement, telling: ReadonlyArray<Statement>): ReadonlyArray<Statement> => {
  const above = telling.filter((other) => isAbove(other.box, box))
  const left = telling.filter((other) => isLeft(other.box, box))
  const column = nearest(
    above.filter((other) => sharesColumn(other.box, box)),
    ({ box: { y } }) => y
  )
  const row = nearest(left, ({ box: { x } }) => x)
  // A heading over a list need not stand over each of its lines.
  const heading = column || row ? null : nearest(above, ({ box: { y } }) => y)
  return [column, row, heading].filter((other) => other !== null)
}

const nearest = (statements: ReadonlyArray<Statement>, place: (statement: Statement) => number): Statement | null =>
  statements.reduce<Statement | null>((best, next) => (best === null || place(next) > place(best) ? next : best), null)

const isAbove = (other: BoundingBox, box: BoundingBox): boolean => other.y + other.height <= box.y + box.height / 2

const sharesColumn = (other: BoundingBox, box: BoundingBox): boolean =>
  overlap(other.x, other.x + other.width, box.x, box.x + box.width) > 0

const isLeft = (other: BoundingBox, box: BoundingBox): boolean =>
  other.x < box.x &&
  overlap(other.y, other.y + other.height, box.y, box.y + box.height) > 0.5 * Math.min(other.height, box.height)
