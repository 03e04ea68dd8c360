import type { Word } from "../document/Page.ts"
import type { CellReading } from "./cellReading.ts"
import { wordsBetween } from "./cellText.ts"
import { type Hours, type ResolvedClock, resolveClocks, uses24 } from "./clocks.ts"
import { isGarbled } from "./garbledClocks.ts"
import type { SourcedText } from "./lessonText.ts"
import type { HeaderClock, RawSlot } from "./rawSlots.ts"
import type { Sourced } from "./sourced.ts"

/** A header of a time or period and the stretch of the table, in pixels, that it rules. */
export interface TimeSlot {
  readonly from: number
  readonly to: number
  /** Minutes of the day; null where the header prints none. */
  readonly start: Sourced<number> | null
  readonly end: Sourced<number> | null
  readonly period: Sourced<number> | null
  /** What the header names beside its time and period, such as a break. */
  readonly label: SourcedText | null
}

/** The slots of an axis of times, in the order in which they stand. */
export const timeSlots = (days: ReadonlyArray<ReadonlyArray<RawSlot>>, within: Hours | null): ReadonlyArray<TimeSlot> =>
  days.flatMap((day) => resolveSlots(day, within)).toSorted((a, b) => a.from - b.from)

const resolveSlots = (slots: ReadonlyArray<RawSlot>, within: Hours | null): ReadonlyArray<TimeSlot> => {
  const timed = slots.filter((slot) => slot.start !== null)
  const misread = timed.some(({ start }) => start!.reading.cell.words.some(({ source }) => source === "ocr"))
  const clocks = resolveClocks(
    timed.map(({ start, end }) => ({
      start: start!.clock,
      end: end?.clock ?? null,
      confidence: [confidenceOf(start!), end ? confidenceOf(end) : 1]
    })),
    {
      ordered: true,
      misread,
      within,
      uses24: uses24(timed.flatMap(({ start, end }) => [start!.clock, ...(end ? [end.clock] : [])]))
    }
  )
  // One number among times is no period but a number.
  const counted = slots.filter(({ period }) => period !== null).length >= 2
  const resolved = new Map(timed.map((slot, i) => [slot, clocks[i]!]))
  const withTimes = slots.map((slot): TimeSlot => {
    const clock = resolved.get(slot)
    return {
      from: slot.from,
      to: slot.to,
      start: clock ? sourcedClock(clock.start, slot.start!) : null,
      end: clock?.end ? sourcedClock(clock.end, slot.end!) : null,
      period:
        slot.period && counted
          ? {
              value: slot.period.period!,
              words: slot.period.cell.words,
              rule: "period-header",
              repaired: false,
              certainty: 0.99
            }
          : null,
      label: slot.reading ? labelOf(slot.reading) : null
    }
  })
  return withTimes.map((slot, i) => {
    if (!slot.start || slot.end) return slot
    const next = withTimes[i + 1]?.start ?? null
    const follows = next !== null && next.value > slot.start.value
    return follows ? { ...slot, end: { ...next, rule: "next-start", certainty: Math.min(next.certainty, 0.97) } } : slot
  })
}

const confidenceOf = (header: HeaderClock): number =>
  Math.min(1, ...wordsOf(header).map(({ confidence }) => confidence))

const wordsOf = ({ clock, reading }: HeaderClock): ReadonlyArray<Word> =>
  isGarbled(clock) ? reading.cell.words : wordsBetween(reading.text, clock.from, clock.to)

/** Shorter words beside a time are signs that OCR made of borders, or of am and pm. */
const shortestLabel = 3

const labelOf = ({ cell, isDayAndTime, label, period }: CellReading): SourcedText | null => {
  const names = label.split(/[^\p{L}]+/u).some((word) => word.length >= shortestLabel)
  if (!names || period !== null || isDayAndTime) return null
  return { value: label.replaceAll("\n", " "), words: cell.words.filter(({ text }) => label.includes(text)) }
}

/** A repair that another time fits nearly as well is none. */
const leastCertainty = 0.7

const sourcedClock = (resolved: ResolvedClock, header: HeaderClock): Sourced<number> | null => {
  const { minutes: value, repaired, certainty } = resolved
  const words = wordsOf(header)
  if (!isGarbled(header.clock)) return { value, words, rule: "time-header", repaired, certainty }
  if (certainty < leastCertainty) return null
  return { value, words, rule: "time-among-times", repaired, certainty: 0.9 * certainty }
}
