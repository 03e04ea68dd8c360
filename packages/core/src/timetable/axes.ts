import type { Word } from "../document/Page.ts"
import { type CellReading, isDayHeader, isPeriodHeader, isPureTime, isTimeHeader } from "./cellReading.ts"
import { wordsBetween } from "./cellText.ts"
import { type Hours, type ResolvedClock, resolveClocks } from "./clocks.ts"
import { orderDays } from "./days.ts"
import { fold, wordSet } from "./languages.ts"
import type { SourcedText } from "./lessonText.ts"
import type { PrintedClock } from "./times.ts"

/** Which way an axis runs: `"columns"`: its headers stand in a row, one a column. */
export type Direction = "columns" | "rows"

/** A value with the words that it was read from. */
export interface Sourced<A> {
  readonly value: A
  readonly words: ReadonlyArray<Word>
  /** Name of the rule that made the value. */
  readonly rule: string
  readonly repaired: boolean
  /** 0 to 1: how well the rule alone, apart from the words, holds. */
  readonly certainty: number
}

/** A header of days and the stretch of the table, in pixels, that it rules. */
export interface DaySlot {
  readonly from: number
  readonly to: number
  /** 0 is Monday. */
  readonly days: ReadonlyArray<Sourced<number>>
  /** What the header says beside the day, e.g. a week. */
  readonly label: string
}

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

/** How a table names days and times. */
export interface Axes {
  readonly days: { readonly direction: Direction; readonly slots: ReadonlyArray<DaySlot> } | null
  readonly times: { readonly direction: Direction; readonly slots: ReadonlyArray<TimeSlot> } | null
  /** Rows and columns that hold headers, not lessons. */
  readonly headerRows: ReadonlySet<number>
  readonly headerColumns: ReadonlySet<number>
}

interface LinePlace {
  readonly index: (reading: CellReading) => number
  readonly from: (reading: CellReading) => number
  readonly to: (reading: CellReading) => number
}

/** How to look along a row of headers, and along a column of them. */
const places: Readonly<Record<Direction, LinePlace>> = {
  columns: {
    index: ({ cell }) => cell.rowIndex,
    from: ({ cell }) => cell.box.x,
    to: ({ cell }) => cell.box.x + cell.box.width
  },
  rows: {
    index: ({ cell }) => cell.columnIndex,
    from: ({ cell }) => cell.box.y,
    to: ({ cell }) => cell.box.y + cell.box.height
  }
}

/** Cells that stand in one row (`"columns"`) or column (`"rows"`), by its index. */
const linesAlong = (
  readings: ReadonlyArray<CellReading>,
  direction: Direction
): ReadonlyMap<number, ReadonlyArray<CellReading>> => Map.groupBy(readings, places[direction].index)

interface Candidate {
  readonly direction: Direction
  readonly index: number
  readonly cells: ReadonlyArray<CellReading>
  readonly score: number
}

const best = (candidates: ReadonlyArray<Candidate>): Candidate | null =>
  candidates.reduce<Candidate | null>((top, next) => (top === null || next.score > top.score ? next : top), null)

/** Every row and column with its cells of a kind, scored by how many different ones it has. */
const candidatesFor = (
  readings: ReadonlyArray<CellReading>,
  is: (reading: CellReading) => boolean,
  key: (reading: CellReading) => string
): ReadonlyArray<Candidate> =>
  (["columns", "rows"] as const).flatMap((direction) =>
    [...linesAlong(readings, direction)].map(([index, line]) => {
      const cells = line.filter(is)
      return { direction, index, cells, score: new Set(cells.map(key)).size }
    })
  )

const dayKey = (reading: CellReading): string => JSON.stringify(reading.days!.days)

/**
 * The rows or columns of day headers of a table, best first: they name two different days, or a group of days, or one
 * day that is all that its row says.
 */
export const dayLines = (readings: ReadonlyArray<CellReading>): ReadonlyArray<Candidate> => {
  const aloneInRow = ({ cell }: CellReading): boolean =>
    readings.every((other) => other.cell === cell || other.isBlank || other.cell.rowIndex !== cell.rowIndex)
  return candidatesFor(readings, isDayHeader, dayKey)
    .filter(
      ({ score, cells, direction }) =>
        score >= 2 ||
        cells.some(({ days }) => days!.days.length >= 2) ||
        (score === 1 && direction === "rows" && cells.every(aloneInRow))
    )
    .toSorted((a, b) => b.score - a.score)
}

const minimumTimes = 2

/**
 * The rows or columns of time headers of a table, at least two: mostly bare times, or times with labels that go on
 * through the day where no other line has nearly as many.
 */
export const timeLines = (readings: ReadonlyArray<CellReading>): ReadonlyArray<Candidate> => {
  const lines = candidatesFor(readings, isTimeHeader, ({ text }) => text.text)
  return lines.filter((line) => {
    const pure = line.cells.filter(isPureTime).length
    if (pure >= minimumTimes && 2 * pure >= line.cells.length) return true
    const rival = lines.some(
      (other) => other !== line && other.direction === line.direction && 2 * other.cells.length > line.cells.length
    )
    return line.cells.length > minimumTimes && !rival && goesOn(line.cells)
  })
}

/** Whether times follow each other, an hour after noon counting on from the morning. */
const goesOn = (cells: ReadonlyArray<CellReading>): boolean => {
  const clocks = resolveClocks(
    cells.map(({ times }) => times[0]!),
    { ordered: true }
  ).map(({ start }) => start.minutes)
  return clocks.every((minutes, i) => i === 0 || minutes > clocks[i - 1]!)
}

/** The rows or columns that count periods upwards, at least two. */
export const periodLines = (readings: ReadonlyArray<CellReading>): ReadonlyArray<Candidate> =>
  candidatesFor(readings, isPeriodHeader, ({ text }) => text.text).filter(({ cells, score }) => {
    const numbers = cells.map(({ period }) => period!)
    return score >= minimumTimes && numbers.every((number, i) => i === 0 || number > numbers[i - 1]!)
  })

/** The direction that prints more different times; of equal ones the one across the days, or else down the page. */
export const timeDirectionOf = (lines: ReadonlyArray<Candidate>, wanted: Direction | null): Direction | null => {
  const first = wanted ?? "rows"
  const score = (direction: Direction) => best(lines.filter((line) => line.direction === direction))?.score ?? 0
  const [here, there] = [score(first), score(other[first])]
  if (here === 0 && there === 0) return null
  return here >= there ? first : other[first]
}

const other: Readonly<Record<Direction, Direction>> = { columns: "rows", rows: "columns" }

/**
 * Finds which headers of a table are days and which are times, am and pm by the hours `within` which a heading puts the
 * table. null where the table has neither.
 */
export const findAxes = (readings: ReadonlyArray<CellReading>, within: Hours | null = null): Axes | null => {
  const dayLine = best(dayLines(readings))
  const times = timeLines(readings)
  const periods = periodLines(readings)
  const along = (direction: Direction, lines: ReadonlyArray<Candidate>) =>
    lines.filter((line) => line.direction === direction)
  const wanted = dayLine ? other[dayLine.direction] : null
  const direction = timeDirectionOf(times, wanted)
  const timeHeaders = direction ? along(direction, times) : []
  const periodDirection = direction ?? wanted
  const periodHeaders = periodDirection && dayLine ? along(periodDirection, periods) : []
  if (!dayLine && timeHeaders.length === 0) return null

  const timeDirection = direction ?? (periodHeaders.length > 0 ? periodDirection : null)
  const headers = [...(dayLine ? [dayLine] : []), ...timeHeaders, ...periodHeaders]
  const indices = (of: Direction) => new Set(headers.filter((line) => line.direction === of).map(({ index }) => index))
  return {
    days: dayLine ? { direction: dayLine.direction, slots: daySlots(dayLine) } : null,
    times: timeDirection
      ? {
          direction: timeDirection,
          slots: timeSlots(readings, timeDirection, timeHeaders, periodHeaders, dayLine, within)
        }
      : null,
    headerRows: indices("columns"),
    headerColumns: indices("rows")
  }
}

const spellingCertainty = { name: 0.999, initial: 0.97, repaired: 0.9 }

const daySlots = (line: Candidate): ReadonlyArray<DaySlot> => {
  const { from, to } = places[line.direction]
  const entries = line.cells.flatMap(({ days }) => days!.days)
  const ordered = orderDays(entries)
  let at = 0
  return line.cells.map((reading) => {
    const mention = reading.days!
    const days = mention.days.flatMap((): ReadonlyArray<Sourced<number>> => {
      const value = ordered[at++]
      if (value === null || value === undefined) return []
      return [
        {
          value,
          words: reading.cell.words,
          rule: "day-header",
          repaired: mention.spelling === "repaired",
          certainty: spellingCertainty[mention.spelling]
        }
      ]
    })
    return { from: from(reading), to: to(reading), days, label: mention.rest }
  })
}

interface RawSlot {
  readonly from: number
  readonly to: number
  readonly reading: CellReading | null
  readonly start: { readonly clock: PrintedClock; readonly reading: CellReading } | null
  readonly end: { readonly clock: PrintedClock; readonly reading: CellReading } | null
  readonly period: CellReading | null
}

const timeSlots = (
  readings: ReadonlyArray<CellReading>,
  direction: Direction,
  timeHeaders: ReadonlyArray<Candidate>,
  periodHeaders: ReadonlyArray<Candidate>,
  dayLine: Candidate | null,
  within: Hours | null
): ReadonlyArray<TimeSlot> => {
  const place = places[direction]
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
    .map((reading): RawSlot => rawSlot(reading, place))
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
  dayLine: Candidate | null
): ReadonlyArray<ReadonlyArray<RawSlot>> => {
  if (dayLine?.direction !== direction) return [slots]
  const { from } = places[direction]
  const dayAt = (slot: RawSlot): string => {
    const header = dayLine.cells.findLast((cell) => from(cell) <= (slot.from + slot.to) / 2)
    return header ? dayKey(header) : ""
  }
  return [...Map.groupBy(slots, dayAt).values()]
}

const isHeaderOf = (reading: CellReading, line: Candidate, direction: Direction): boolean =>
  places[direction].index(reading) === line.index

/** A header cell that reaches into the body is a lesson of all that it covers, such as LUNCH over the whole week. */
const startsBody = (
  { cell, times }: CellReading,
  direction: Direction,
  ...lines: readonly [ReadonlyArray<Candidate>, ReadonlyArray<Candidate>, Candidate | null]
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
    const shared = Math.min(slot.to, to) - Math.max(slot.from, from)
    if (shared < 0.5 * Math.min(slot.to - slot.from, to - from)) return slot
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
  const clocks = resolveClocks(
    timed.map(({ start, end }) => ({ start: start!.clock, end: end?.clock ?? null })),
    {
      ordered: true,
      within,
      uses24: uses24(timed.flatMap(({ start, end }) => [start!.clock, ...(end ? [end.clock] : [])]))
    }
  )
  const resolved = new Map(timed.map((slot, i) => [slot, clocks[i]!]))
  const withTimes = slots.map((slot): TimeSlot => {
    const clock = resolved.get(slot)
    return {
      from: slot.from,
      to: slot.to,
      start: clock ? sourcedClock(clock.start, slot.start!, "time-header") : null,
      end: clock?.end ? sourcedClock(clock.end, slot.end!, "time-header") : null,
      period: slot.period
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
  return withTimes.map((slot, i) => {
    if (!slot.start || slot.end) return slot
    const next = withTimes.slice(i + 1).find(({ start }) => start !== null)?.start
    const follows =
      next !== undefined && next !== null && next.value > slot.start.value && withTimes[i + 1]?.start === next
    return follows ? { ...slot, end: { ...next, rule: "next-start", certainty: Math.min(next.certainty, 0.97) } } : slot
  })
}

const breakWords = wordSet((language) => language.breakWords)

const breakOf = ({ label, cell }: CellReading): SourcedText | null =>
  label.split(/\s+/).some((word) => breakWords.has(fold(word)))
    ? { value: label.replaceAll("\n", " "), words: cell.words.filter(({ text }) => label.includes(text)) }
    : null

/** Whether any of the clocks can only be one of 24 hours. */
export const uses24 = (clocks: ReadonlyArray<PrintedClock>): boolean => clocks.some(({ hour }) => hour > 12)

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
