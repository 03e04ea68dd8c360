import type { CellReading } from "./cellReading.ts"
import { type DayMention, findDays, orderDays } from "./days.ts"
import { type HeaderLine, lookAlong } from "./headerLines.ts"
import { languages } from "./languages.ts"
import type { Sourced } from "./sourced.ts"

/** A header of days and the stretch of the table, in pixels, that it rules. */
export interface DaySlot {
  readonly from: number
  readonly to: number
  /** 0 is Monday. */
  readonly days: ReadonlyArray<Sourced<number>>
  /** What the header says beside the day, e.g. a week. */
  readonly label: string
}

const spellingCertainty = { name: 0.999, initial: 0.97, repaired: 0.9, placed: 0.85 }

/** So many days must be known before the order of the week tells another. */
const leastKnown = 3

/**
 * The days of a line of headers; one that was not read is known where its neighbours leave a single day. Cells `aside`
 * belong to other headers, such as the corner of the table.
 */
export const daySlots = (
  line: HeaderLine,
  readings: ReadonlyArray<CellReading>,
  aside: (reading: CellReading) => boolean
): ReadonlyArray<DaySlot> => {
  const { from, to, index } = lookAlong[line.direction]
  const mentions = inOneLanguage(line.cells)
  const together = orderDays(mentions.flatMap(({ days }) => days))
  let at = 0
  const read = line.cells.map((reading, i): DaySlot => {
    const mention = mentions[i]!
    const placed = mention.days.map(() => together[at++])
    // Where lists such as `M/W/F` and `T/Th` stand side by side, the week begins anew with each.
    const ordered = placed.includes(null) ? orderDays(mention.days) : placed
    const days = ordered.flatMap((value): ReadonlyArray<Sourced<number>> => {
      if (value === null || value === undefined) return []
      const { spelling } = mention
      const rule = spelling === "placed" ? "day-sequence" : "day-header"
      const repaired = spelling === "repaired" || spelling === "placed"
      return [{ value, words: reading.cell.words, rule, repaired, certainty: spellingCertainty[spelling] }]
    })
    return { from: from(reading), to: to(reading), days, label: mention.rest }
  })
  const unread = readings.filter(
    (reading) =>
      index(reading) === line.index &&
      !line.cells.includes(reading) &&
      !aside(reading) &&
      reading.times.length === 0 &&
      read.length >= leastKnown
  )
  return [...read, ...unread.flatMap((reading) => missingDay(reading, read, unread, line) ?? [])].toSorted(
    (a, b) => a.from - b.from
  )
}

/** The days of headers read in the one language that knows all of them, or else in any: M is Monday, or mardi. */
const inOneLanguage = (cells: ReadonlyArray<CellReading>): ReadonlyArray<DayMention> => {
  for (const language of languages) {
    const mentions = cells.map(({ text, days, isDayAndTime }) =>
      days?.spelling === "placed" || isDayAndTime ? days : findDays(text.text, language)
    )
    if (mentions.every((mention) => mention !== null)) return mentions
  }
  return cells.map(({ days }) => days!)
}

/**
 * As many headers between two days as there are days between them are those days, and between two equal days the same;
 * one before the first or after the last of several is the day before or after, in a week of school days. Headers that
 * were read alike are one.
 */
const missingDay = (
  reading: CellReading,
  read: ReadonlyArray<DaySlot>,
  unread: ReadonlyArray<CellReading>,
  line: HeaderLine
): DaySlot | null => {
  const { from, to } = lookAlong[line.direction]
  const before = read.findLast((slot) => slot.to <= from(reading) + 1)
  const after = read.find((slot) => slot.from >= to(reading) - 1)
  const [last, next] = [before?.days.at(-1)?.value, after?.days[0]?.value]
  // Beside what was not read, an empty header at either end may be a day; beside what is known it says nothing.
  if ((last === undefined || next === undefined) && reading.isBlank && !line.cells.some(isFromOcr)) return null
  const between = unread.filter(
    (other) => from(other) >= (before?.to ?? 0) - 1 && to(other) <= (after?.from ?? Infinity) + 1
  )
  const texts = new Set(between.map(({ text }) => text.text))
  const isOne = texts.size === 1 && !texts.has("")
  const count = isOne ? 1 : between.length
  const first = last !== undefined && last === next ? last : firstBetween(last, next, count)
  if (first === null) return null
  const value = first + (isOne || last === next ? 0 : between.indexOf(reading))
  const day: Sourced<number> = {
    value,
    words: reading.cell.words,
    rule: "day-between-days",
    repaired: true,
    certainty: spellingCertainty.repaired
  }
  return { from: from(reading), to: to(reading), days: [day], label: "" }
}

/**
 * The first of so many days between two, or beside one of them in a week of school days; null where there is a choice
 * or no room.
 */
const firstBetween = (last: number | undefined, next: number | undefined, count: number): number | null => {
  if (last !== undefined && next !== undefined) return next - last === count + 1 ? last + 1 : null
  if (count !== 1) return null
  if (next !== undefined) return next > 0 ? next - 1 : null
  return last !== undefined && last < lastSchoolDay ? last + 1 : null
}

const lastSchoolDay = 4

const isFromOcr = ({ cell }: CellReading): boolean => cell.words.some(({ source }) => source === "ocr")
