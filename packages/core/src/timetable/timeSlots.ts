import { sharesHalf } from "../table/geometry.ts"
import { type CellReading, isDayHeader } from "./cellReading.ts"
import { wordsBetween } from "./cellText.ts"
import { type Hours, type ResolvedClock, resolveClocks, uses24 } from "./clocks.ts"
import { type Direction, dayKey, type HeaderLine, type LinePlace, lookAlong } from "./headerLines.ts"
import { breakWords, fold } from "./languages.ts"
import type { SourcedText } from "./lessonText.ts"
import type { Sourced } from "./sourced.ts"
import { findTimes, type PrintedClock, withDigits, withoutTimes } from "./times.ts"

/** A header of a time or period and the stretch of the table, in pixels, that it rules. */
export interface TimeSlot {
  readonly from: number
  readonly to: number
  /** Minutes of the day; null where the header prints none. */
  readonly start: Sourced<number> | null
  readonly end: Sourced<number> | null
  readonly period: Sourced<number> | null
  /** Where the header names a break beside its time. */
  readonly breakName: SourcedText | null
}

interface RawSlot {
  readonly from: number
  readonly to: number
  readonly reading: CellReading | null
  readonly start: { readonly clock: PrintedClock; readonly reading: CellReading } | null
  readonly end: { readonly clock: PrintedClock; readonly reading: CellReading } | null
  readonly period: CellReading | null
}

/** The slots of an axis of times: its first header line, completed by the others, in the order of the day. */
export const timeSlots = (
  readings: ReadonlyArray<CellReading>,
  direction: Direction,
  timeHeaders: ReadonlyArray<HeaderLine>,
  periodHeaders: ReadonlyArray<HeaderLine>,
  dayLine: HeaderLine | null,
  within: Hours | null
): ReadonlyArray<TimeSlot> => {
  const place = lookAlong[direction]
  const [primary, ...others] = (timeHeaders.length > 0 ? timeHeaders : periodHeaders).toSorted(
    (a, b) => b.score - a.score || a.index - b.index
  )
  const headerLine = readings.filter(
    (reading) =>
      place.index(reading) === primary!.index &&
      !(dayLine?.direction === direction && dayLine.index === primary!.index && isDayHeader(reading))
  )
  let slots = headerLine
    .filter((reading) => !startsBody(reading, direction, timeHeaders, periodHeaders, dayLine))
    .map((reading): RawSlot => rawSlot(timeHeaders.length > 0 ? withClocks(reading) : reading, place))
  const secondary = timeHeaders.length > 0 ? [...others, ...periodHeaders] : others
  for (const line of secondary) slots = line.cells.reduce((all, cell) => addHeader(all, cell, place), slots)
  const body = readings.filter((reading) => !isHeaderOf(reading, primary!, direction))
  const ordered = slots.toSorted((a, b) => a.from - b.from)
  return daysApart(joinStartAndEnd(ordered, body, place), direction, dayLine)
    .flatMap((day) => resolveSlots(day, within))
    .toSorted((a, b) => a.from - b.from)
}

/** The slots of each day where days run along the same side: in a list the clock starts anew with each day. */
const daysApart = (
  slots: ReadonlyArray<RawSlot>,
  direction: Direction,
  dayLine: HeaderLine | null
): ReadonlyArray<ReadonlyArray<RawSlot>> => {
  if (dayLine?.direction !== direction) return [slots]
  const { from } = lookAlong[direction]
  const dayAt = (slot: RawSlot): string => {
    const header = dayLine.cells.findLast((cell) => from(cell) <= (slot.from + slot.to) / 2)
    return header ? dayKey(header) : ""
  }
  return [...Map.groupBy(slots, dayAt).values()]
}

const isHeaderOf = (reading: CellReading, line: HeaderLine, direction: Direction): boolean =>
  lookAlong[direction].index(reading) === line.index

/** A header cell that reaches into the body is a lesson of all that it covers, such as LUNCH over the whole week. */
const startsBody = (
  { cell, times }: CellReading,
  direction: Direction,
  ...lines: readonly [ReadonlyArray<HeaderLine>, ReadonlyArray<HeaderLine>, HeaderLine | null]
): boolean => {
  if (times.length > 0) return false
  const headers = [...lines[0], ...lines[1], ...(lines[2] ? [lines[2]] : [])].filter(
    (line) => line.direction === direction
  )
  const last = Math.max(...headers.map(({ index }) => index))
  return direction === "columns"
    ? cell.rowIndex + cell.rowSpan > last + 2
    : cell.columnIndex + cell.columnSpan > last + 2
}

/** A header of times read again, where fewer clocks than it shows were understood because digits were misread. */
const withClocks = (reading: CellReading): CellReading => {
  const mended = withDigits(reading.text.text)
  if (mended === reading.text.text) return reading
  const times = findTimes(mended)
  return { ...reading, times, label: withoutTimes(mended, times) }
}

const rawSlot = (reading: CellReading, place: LinePlace): RawSlot => {
  const mention = reading.times[0]
  return {
    from: place.from(reading),
    to: place.to(reading),
    reading,
    start: mention ? { clock: mention.start, reading } : null,
    end: mention?.end ? { clock: mention.end, reading } : null,
    period: reading.period === null ? null : reading
  }
}

/** Adds a second header to the slot that it stands beside: an end, a later end, or the number of the period. */
const addHeader = (slots: ReadonlyArray<RawSlot>, reading: CellReading, place: LinePlace): Array<RawSlot> => {
  const [from, to] = [place.from(reading), place.to(reading)]
  const [mention] = reading.times
  return slots.map((slot) => {
    if (!sharesHalf(slot.from, slot.to, from, to)) return slot
    if (!mention) return { ...slot, period: slot.period ?? (reading.period === null ? null : reading) }
    if (!slot.start) return { ...slot, ...rawSlot(reading, place), from: slot.from, to: slot.to }
    const later = mention.end ?? (slot.end ? null : mention.start)
    return later && !sameClock(later, slot.start.clock) ? { ...slot, end: { clock: later, reading } } : slot
  })
}

const sameClock = (a: PrintedClock, b: PrintedClock): boolean => a.hour === b.hour && a.minute === b.minute

/**
 * Joins two neighbouring slots that print one clock each where no lesson tells them apart: a start and an end in two
 * cells.
 */
const joinStartAndEnd = (
  slots: ReadonlyArray<RawSlot>,
  body: ReadonlyArray<CellReading>,
  place: LinePlace
): ReadonlyArray<RawSlot> => {
  const joined: Array<RawSlot> = []
  let [pairs, singles] = [0, 0]
  for (let i = 0; i < slots.length; i++) {
    const [slot, next] = [slots[i]!, slots[i + 1]]
    const single = slot.start !== null && slot.end === null
    if (single) singles++
    if (next?.start && next.end === null && single && !parted(slot, next, body, place)) {
      joined.push({ ...slot, to: next.to, end: next.start, period: slot.period ?? next.period })
      pairs++
      i++
    } else {
      joined.push(slot)
    }
  }
  // Headers come in pairs throughout or not at all.
  return pairs >= singles / 2 ? joined : slots
}

const parted = (slot: RawSlot, next: RawSlot, body: ReadonlyArray<CellReading>, place: LinePlace): boolean => {
  const tolerance = 0.2 * Math.min(slot.to - slot.from, next.to - next.from)
  const written = body.filter((reading) => !reading.isBlank)
  const between = written.some(
    (reading) =>
      Math.abs(place.from(reading) - next.from) < tolerance || Math.abs(place.to(reading) - slot.to) < tolerance
  )
  return between || !written.some((reading) => place.from(reading) < slot.to && place.to(reading) > next.from)
}

const resolveSlots = (slots: ReadonlyArray<RawSlot>, within: Hours | null): ReadonlyArray<TimeSlot> => {
  const timed = slots.filter((slot) => slot.start !== null)
  const misread = timed.some(({ start }) => start!.reading.cell.words.some(({ source }) => source === "ocr"))
  const clocks = resolveClocks(
    timed.map(({ start, end }) => ({ start: start!.clock, end: end?.clock ?? null })),
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
      start: clock ? sourcedClock(clock.start, slot.start!, "time-header") : null,
      end: clock?.end ? sourcedClock(clock.end, slot.end!, "time-header") : null,
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
      breakName: slot.reading ? breakOf(slot.reading) : null
    }
  })
  const length = usualLength(withTimes)
  return withTimes.map((slot, i) => {
    if (!slot.start || slot.end) return slot
    const next = withTimes[i + 1]?.start ?? null
    const follows = next !== null && next.value > slot.start.value
    // Something stands where the others print an end, but it could not be read.
    const unread = length !== null && /\d/.test(slots[i]!.reading?.label ?? "")
    if (unread && (!follows || slot.start.value + length <= next.value)) {
      const value = slot.start.value + length
      return { ...slot, end: { ...slot.start, value, rule: "same-length", repaired: true, certainty: 0.85 } }
    }
    return follows ? { ...slot, end: { ...next, rule: "next-start", certainty: Math.min(next.certainty, 0.97) } } : slot
  })
}

/** The length that most slots with a printed end have, in minutes; null where they differ. */
const usualLength = (slots: ReadonlyArray<TimeSlot>): number | null => {
  const lengths = slots.flatMap(({ start, end }) => (start && end ? [end.value - start.value] : []))
  const [most] = [...Map.groupBy(lengths, (length) => length).values()].toSorted((a, b) => b.length - a.length)
  return most && most.length >= 3 && most.length >= 0.6 * lengths.length ? most[0]! : null
}

const breakOf = ({ label, cell }: CellReading): SourcedText | null =>
  label.split(/\s+/).some((word) => breakWords.has(fold(word)))
    ? { value: label.replaceAll("\n", " "), words: cell.words.filter(({ text }) => label.includes(text)) }
    : null

const sourcedClock = (
  clock: ResolvedClock,
  { clock: printed, reading }: { readonly clock: PrintedClock; readonly reading: CellReading },
  rule: string
): Sourced<number> => ({
  value: clock.minutes,
  words: wordsBetween(reading.text, printed.from, printed.to),
  rule,
  repaired: clock.repaired,
  certainty: clock.certainty
})
