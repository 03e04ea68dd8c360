import { sharesHalf } from "../table/geometry.ts"
import { type CellReading, isDayHeader } from "./cellReading.ts"
import { type GarbledClock, isGarbled } from "./garbledClocks.ts"
import { type Direction, dayKey, type HeaderLine, type LinePlace, lookAlong } from "./headerLines.ts"
import { findTimes, type PrintedClock, withDigits, withoutTimes } from "./times.ts"

/** A clock of a header, as printed or as garbled. */
export interface HeaderClock {
  readonly clock: PrintedClock | GarbledClock
  readonly reading: CellReading
}

/** A header of a time or period before am, pm and misread digits are settled. */
export interface RawSlot {
  /** The stretch of the table, in pixels, that it rules. */
  readonly from: number
  readonly to: number
  readonly reading: CellReading | null
  readonly start: HeaderClock | null
  readonly end: HeaderClock | null
  readonly period: CellReading | null
}

/**
 * The slots of an axis of times, each list in the order of the day: its first header line, completed by the others.
 * There is one list, or one a day where days run along the same side.
 */
export const rawSlots = (
  readings: ReadonlyArray<CellReading>,
  direction: Direction,
  timeHeaders: ReadonlyArray<HeaderLine>,
  periodHeaders: ReadonlyArray<HeaderLine>,
  dayLine: HeaderLine | null
): ReadonlyArray<ReadonlyArray<RawSlot>> => {
  const place = lookAlong[direction]
  const [primary, ...others] = firstOfBest(timeHeaders.length > 0 ? timeHeaders : periodHeaders)
  const headerLine = readings.filter(
    (reading) =>
      (place.index(reading) === primary!.index &&
        !(dayLine?.direction === direction && dayLine.index === primary!.index && isDayHeader(reading))) ||
      (place.index(reading) === primary!.index && reading.isDayAndTime) ||
      (reading.times.length > 0 && reachesInto(reading, primary!, direction))
  )
  let slots = headerLine
    .filter((reading) => !startsBody(reading, direction, timeHeaders, periodHeaders, dayLine))
    .map((reading): RawSlot => {
      if (timeHeaders.length > 0) return rawSlot(withClocks(reading), place)
      const slot = rawSlot(reading, place)
      return primary!.cells.includes(reading) ? slot : { ...slot, period: null }
    })
  const secondary = timeHeaders.length > 0 ? [...others, ...periodHeaders] : others
  for (const line of secondary) {
    slots = printsEnds(line, slots, place)
      ? addEnds(slots, readings, line, place)
      : line.cells.reduce((all, cell) => addHeader(all, cell, place), slots)
  }
  const body = readings.filter(
    (reading) => !isHeaderOf(reading, primary!, direction) && !reachesInto(reading, primary!, direction)
  )
  const ordered = slots.toSorted((a, b) => a.from - b.from)
  return daysApart(joinStartAndEnd(ordered, body, place), direction, dayLine).map(withGarbled)
}

/** A line with so many times of the best one's is as good: some may be misread. */
const asGood = 0.7

/** Lines by where they stand, those with fewer times last: starts come before ends. */
const firstOfBest = (lines: ReadonlyArray<HeaderLine>): ReadonlyArray<HeaderLine> => {
  const most = Math.max(...lines.map(({ cells }) => cells.length))
  const rank = ({ cells, score }: HeaderLine): number => (cells.length >= asGood * most ? most : score)
  return lines.toSorted((a, b) => rank(b) - rank(a) || a.index - b.index)
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

/** Whether a cell reaches into a line of headers from one before it: the time of a break beside numbers of periods. */
const reachesInto = ({ cell }: CellReading, { index }: HeaderLine, direction: Direction): boolean => {
  const [from, span] = direction === "columns" ? [cell.rowIndex, cell.rowSpan] : [cell.columnIndex, cell.columnSpan]
  return from < index && from + span > index
}

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

const beside = (slot: RawSlot, reading: CellReading, place: LinePlace): boolean =>
  sharesHalf(slot.from, slot.to, place.from(reading), place.to(reading))

/** Whether a second line of headers prints single clocks where the first prints other ones: starts and ends. */
const printsEnds = (line: HeaderLine, slots: ReadonlyArray<RawSlot>, place: LinePlace): boolean => {
  const pairs = slots.filter((slot) => {
    const [clock, another] = line.cells.filter((cell) => beside(slot, cell, place)).flatMap(({ times }) => times)
    return clock && !another && !clock.end && slot.start && !slot.end && !sameClock(clock.start, slot.start.clock)
  })
  return 2 * pairs.length > slots.filter(({ start }) => start !== null).length
}

/** Gives each slot the end that stands beside it; what was misread on either side is kept as garbled. */
const addEnds = (
  slots: ReadonlyArray<RawSlot>,
  readings: ReadonlyArray<CellReading>,
  line: HeaderLine,
  place: LinePlace
): Array<RawSlot> =>
  slots.map((slot) => {
    const reading = readings.find((other) => place.index(other) === line.index && beside(slot, other, place))
    const end = reading && clockIn(reading)
    const start = slot.start ?? (slot.reading && clockIn(slot.reading))
    return start && end ? { ...slot, start, end: slot.end ?? end } : slot
  })

const clockIn = (reading: CellReading): HeaderClock | null => {
  const { times, text } = reading
  const [mention] = times
  if (mention) return { clock: mention.start, reading }
  return mayBeClock(reading) ? { clock: { garbled: text.text }, reading } : null
}

/** Whether what OCR read may be the rest of a clock: something without a word that was read surely. */
const mayBeClock = ({ text, cell }: CellReading): boolean =>
  text.text !== "" && cell.words.every(({ source }) => source === "ocr") && !wordOfLetters.test(text.text)

const wordOfLetters = /\p{L}{4}/u

/** Before the first and after the last header that was read, so many digits tell a clock. */
const leastDigits = 2
/** So many headers must be read before they tell what the others print. */
const leastRead = 3

/** Where the others print a clock or a range, what was read in its place is kept as garbled. */
const withGarbled = (slots: ReadonlyArray<RawSlot>): ReadonlyArray<RawSlot> => {
  const read = slots.filter(({ start }) => start !== null)
  if (read.length < leastRead) return slots
  const ranges = read.filter(({ end }) => end !== null)
  const printsRanges = ranges.length >= 0.6 * read.length
  const [first, last] = [slots.indexOf(read[0]!), slots.indexOf(read.at(-1)!)]
  return slots.map((slot, i) => {
    const { reading, start, end } = slot
    if (!reading || (start && (end || !printsRanges))) return slot
    if (start) return /\d/.test(reading.label) ? { ...slot, end: { clock: { garbled: reading.label }, reading } } : slot
    const hasDigits = withDigits(reading.text.text).replace(/\D/g, "").length >= leastDigits
    if (!mayBeClock(reading) || !(hasDigits || (i > first && i < last))) return slot
    const [from = "", to = ""] = reading.text.text.split(/\n|[-–—]+/).filter((part) => /\d/.test(part))
    return {
      ...slot,
      start: { clock: { garbled: from }, reading },
      end: printsRanges ? { clock: { garbled: to }, reading } : null
    }
  })
}

/** Adds a second header to the slot that it stands beside: an end, a later end, or the number of the period. */
const addHeader = (slots: ReadonlyArray<RawSlot>, reading: CellReading, place: LinePlace): Array<RawSlot> => {
  const [mention] = reading.times
  return slots.map((slot) => {
    if (!beside(slot, reading, place)) return slot
    if (!mention) return { ...slot, period: slot.period ?? (reading.period === null ? null : reading) }
    if (!slot.start) return { ...slot, ...rawSlot(reading, place), from: slot.from, to: slot.to }
    const later = mention.end ?? (slot.end ? null : mention.start)
    return later && !sameClock(later, slot.start.clock) ? { ...slot, end: { clock: later, reading } } : slot
  })
}

const sameClock = (a: PrintedClock, b: HeaderClock["clock"]): boolean =>
  !isGarbled(b) && a.hour === b.hour && a.minute === b.minute

/** Whether single clocks count on by the same step, as hours on a scale do and starts and ends do not. */
const isScale = (slots: ReadonlyArray<RawSlot>): boolean => {
  const clocks = slots.flatMap(({ end, start }) => (start && !end && !isGarbled(start.clock) ? [start.clock] : []))
  const steps = clocks.slice(1).map(({ hour, minute }, i) => {
    const before = clocks[i]!
    return (12 * 60 + 60 * (hour - before.hour) + minute - before.minute) % (12 * 60)
  })
  return steps.length >= 2 && steps.every((step) => step === steps[0])
}

/**
 * Joins two neighbouring slots that print one clock each where no lesson tells them apart: a start and an end in two
 * cells.
 */
const joinStartAndEnd = (
  slots: ReadonlyArray<RawSlot>,
  body: ReadonlyArray<CellReading>,
  place: LinePlace
): ReadonlyArray<RawSlot> => {
  if (isScale(slots)) return slots
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
    } else if (next && single && isUnread(next) && !parted(slot, next, body, place)) {
      joined.push({ ...slot, to: next.to })
      i++
    } else {
      joined.push(slot)
    }
  }
  // Headers come in pairs throughout or not at all.
  return pairs >= singles / 2 ? joined : slots
}

/** Whether a header holds nothing, or what OCR may have left of a clock: beside a start, its end. */
const isUnread = ({ end, period, reading, start }: RawSlot): boolean =>
  start === null && end === null && period === null && reading !== null && (reading.isBlank || mayBeClock(reading))

const parted = (slot: RawSlot, next: RawSlot, body: ReadonlyArray<CellReading>, place: LinePlace): boolean => {
  const tolerance = 0.2 * Math.min(slot.to - slot.from, next.to - next.from)
  const written = body.filter((reading) => !reading.isBlank)
  const between = written.some(
    (reading) =>
      Math.abs(place.from(reading) - next.from) < tolerance || Math.abs(place.to(reading) - slot.to) < tolerance
  )
  return between || !written.some((reading) => place.from(reading) < slot.to && place.to(reading) > next.from)
}
