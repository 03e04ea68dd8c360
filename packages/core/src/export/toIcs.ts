import ical, { type ICalCalendar, ICalEventRepeatingFreq } from "ical-generator"
import { Temporal } from "temporal-polyfill"
import { type ExtractedTimeblock, type Extraction, type ExtractionWarning, weekdays } from "../extraction/Extraction.ts"
import { type CalendarZone, findCalendarZone } from "./calendarZone.ts"
import { printable } from "./printable.ts"

/** When and where the week of a timetable repeats. */
export interface IcsOptions {
  /** `YYYY-MM-DD`; each block first occurs on or after it. */
  readonly startDate: string
  /** An IANA time zone that `findCalendarZone` finds; another one throws a `RangeError`. */
  readonly zone: string
  /** `YYYY-MM-DD`, the last day on which blocks occur, or null for ever. */
  readonly until: string | null
  /** Weeks in which nothing occurs, counted from that of the start date, which is 1. Default none. */
  readonly breakWeeks?: ReadonlyArray<number> | undefined
}

/** A calendar, and what it could not take over. */
export interface IcsExport {
  readonly text: string
  readonly warnings: ReadonlyArray<ExtractionWarning>
}

interface Occurrence {
  readonly key: string
  readonly block: Pick<ExtractedTimeblock, "dayOfWeek" | "startTime" | "endTime" | "week" | "name"> &
    Partial<ExtractedTimeblock>
}

/**
 * The week as a calendar of weekly events (RFC 5545) with the rules of its time zone. The same input gives the same
 * bytes on every machine: identifiers follow from the document's hash, `DTSTAMP` from the start date. A block without
 * an end and a marker are events without length. Blocks of a cycle of weeks repeat with the cycle, whose first week
 * (by name) is that of the start date. What has no day or no start is left out with a warning.
 */
export const toIcs = (
  extraction: Extraction,
  { breakWeeks = [], startDate, until, zone: zoneName }: IcsOptions
): IcsExport => {
  const zone = findCalendarZone(zoneName)
  if (zone === null) {
    throw new RangeError(`There is no time zone ${zoneName}.`)
  }
  const lastDay = until === null ? null : Temporal.PlainDate.from(until)
  const recurrence: Recurrence = {
    startDate: Temporal.PlainDate.from(startDate),
    until: lastDay !== null && Temporal.PlainDate.compare(lastDay, lastWritable) <= 0 ? lastDay : null,
    zone,
    weeks: weeksOf(extraction),
    breakWeeks
  }
  const calendar = ical({
    name: printable(extraction.metadata.className ?? extraction.file),
    prodId: { company: "timegrid", product: "timegrid" },
    // With a zone for the whole calendar DTSTAMP and UNTIL would lose the UTC that RFC 5545 wants.
    timezone: { name: null, generator: () => zone.component }
  })
  const skipped: Array<number> = []
  for (const [index, occurrence] of occurrencesOf(extraction).entries()) {
    if (!addEvent(calendar, occurrence, recurrence, extraction.documentHash)) {
      skipped.push(index)
    }
  }
  return {
    text: calendar.toString(),
    warnings: [...skippedWarnings(skipped, extraction), ...cycleWarnings(recurrence.weeks)]
  }
}

// RFC 5545 writes years in four digits; a day less, so that its evening has four in UTC too.
const lastWritable = Temporal.PlainDate.from("9999-12-30")

interface Recurrence {
  readonly startDate: Temporal.PlainDate
  readonly until: Temporal.PlainDate | null
  readonly zone: CalendarZone
  readonly weeks: ReadonlyArray<string>
  readonly breakWeeks: ReadonlyArray<number>
}

const weeksOf = ({ timeblocks }: Extraction): ReadonlyArray<string> =>
  [...new Set(timeblocks.flatMap(({ week }) => (week === null ? [] : [week])))].sort()

// Blocks come first, so that an index below their number is that of a block.
const occurrencesOf = ({ markers, timeblocks }: Extraction): ReadonlyArray<Occurrence> => [
  ...timeblocks.map((block, index) => ({ key: `block-${index}`, block })),
  ...markers.map(({ dayOfWeek, name, time }, index) => ({
    key: `marker-${index}`,
    block: { dayOfWeek, name, startTime: time, endTime: null, week: null }
  }))
]

const addEvent = (
  calendar: ICalCalendar,
  { block, key }: Occurrence,
  { breakWeeks, startDate, until, weeks, zone }: Recurrence,
  documentHash: string
): boolean => {
  const { dayOfWeek, endTime, startTime, week } = block
  if (dayOfWeek === null || startTime === null) {
    return false
  }
  const interval = week === null ? 1 : weeks.length
  const cycleOffset = week === null ? 0 : weeks.indexOf(week)
  const monday = startDate.subtract({ days: startDate.dayOfWeek - 1 })
  const inFirstCycle = monday.add({ weeks: cycleOffset, days: weekdays.indexOf(dayOfWeek) })
  const isBeforeStart = Temporal.PlainDate.compare(inFirstCycle, startDate) < 0
  const date = isBeforeStart ? inFirstCycle.add({ weeks: interval }) : inFirstCycle
  const last = until ?? lastWritable
  if (Temporal.PlainDate.compare(date, last) > 0) {
    return true
  }
  // A Date would be written in the zone of the machine.
  const at = (day: Temporal.PlainDate, time: string) =>
    day.toZonedDateTime({ timeZone: zone.name, plainTime: Temporal.PlainTime.from(time) })
  const weeksToLast = Math.floor(monday.until(last).days / 7) + 1
  const daysOff = breakWeeks
    .filter((week) => week <= weeksToLast)
    .map((week) => monday.add({ weeks: week - 1, days: weekdays.indexOf(dayOfWeek) }))
    .filter((day) => Temporal.PlainDate.compare(day, date) >= 0)
  calendar.createEvent({
    id: `${documentHash.slice(0, "sha256:".length + 32).replace(":", "-")}-${key}@timegrid`,
    stamp: new Date(`${startDate}T00:00:00Z`),
    start: at(date, startTime),
    ...(endTime === null || endTime === startTime
      ? {}
      : { end: at(endTime < startTime ? date.add({ days: 1 }) : date, endTime) }),
    timezone: zone.name,
    summary: printable(block.name),
    description: descriptionOf(block),
    location: block.room == null ? null : printable(block.room),
    repeating: {
      freq: ICalEventRepeatingFreq.WEEKLY,
      interval,
      ...(daysOff.length === 0
        ? {}
        : { exclude: daysOff.map((day) => at(day, startTime)), excludeTimezone: zone.name }),
      // RFC 5545 wants UNTIL in UTC where the start has a zone.
      ...(until === null ? {} : { until: new Date(at(until, "23:59").epochMilliseconds) })
    }
  })
  return true
}

const descriptionOf = ({ className, notes, subject, teacher }: Occurrence["block"]): string | null => {
  const lines = [notes, subject, teacher, className].flatMap((text) => (text == null ? [] : [printable(text)]))
  return lines.length === 0 ? null : lines.join("\n")
}

const skippedWarnings = (
  skipped: ReadonlyArray<number>,
  { timeblocks }: Extraction
): ReadonlyArray<ExtractionWarning> => {
  if (skipped.length === 0) {
    return []
  }
  const verb = skipped.length === 1 ? "is" : "are"
  return [
    {
      code: "not_in_calendar",
      message: `${skipped.length} without a weekday or a start ${verb} not in the calendar.`,
      timeblocks: skipped.filter((index) => index < timeblocks.length)
    }
  ]
}

const cycleWarnings = (weeks: ReadonlyArray<string>): ReadonlyArray<ExtractionWarning> => {
  if (weeks.length < 2) {
    return []
  }
  const cycle = weeks.map(printable).join(", ")
  return [
    { code: "week_cycle", message: `The cycle of weeks ${cycle} is taken to begin in the week of the start date.` }
  ]
}
