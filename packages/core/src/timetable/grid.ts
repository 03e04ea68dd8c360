import { sharesHalf } from "../table/geometry.ts"
import type { Axes } from "./axes.ts"
import type { CellReading } from "./cellReading.ts"
import { wordsBetween } from "./cellText.ts"
import { type ResolvedClock, resolveClocks, uses24 } from "./clocks.ts"
import type { DaySlot } from "./daySlots.ts"
import { type Draft, draftOf } from "./draft.ts"
import { suspicionsOfGrid } from "./gridSuspicions.ts"
import type { Direction } from "./headerLines.ts"
import { namesBreak } from "./languages.ts"
import { type LessonText, lessonsOf } from "./lessonText.ts"
import { withMisreadRanges } from "./misreadRanges.ts"
import type { Placed, TableContext } from "./placed.ts"
import { applyRoutine, isRoutine } from "./routine.ts"
import type { Sourced } from "./sourced.ts"
import { spreadLetters } from "./spreadLetters.ts"
import { timeScaleOf } from "./timeScale.ts"
import type { PrintedClock, TimeMention } from "./times.ts"
import { weeksOfDays } from "./weekSlots.ts"

const extent = (reading: CellReading, direction: Direction): readonly [number, number] => {
  const { x, y, width, height } = reading.cell.box
  return direction === "columns" ? [x, x + width] : [y, y + height]
}

/** The slots that a stretch covers: at least half of the slot, or half of the stretch. */
const covered = <S extends { readonly from: number; readonly to: number }>(
  slots: ReadonlyArray<S>,
  [from, to]: readonly [number, number]
): ReadonlyArray<S> => slots.filter((slot) => sharesHalf(slot.from, slot.to, from, to))

/** Reads the lessons of a grid: days along one side, times along the other, or both along the same. */
export const readGrid = (
  readings: ReadonlyArray<CellReading>,
  axes: Axes,
  context: TableContext
): ReadonlyArray<Draft> => {
  const timeDirection = axes.times?.direction ?? (axes.days?.direction === "columns" ? "rows" : "columns")
  const placed = readings
    .filter((reading) => !isHeader(reading, axes))
    .filter((reading) => axes.days !== null || !isHeading(reading, axes))
    .map((reading) => place(reading, readings, axes, timeDirection, context))
  const lessons = placed.filter((cell) => (cell.days.length > 0 || !axes.days) && !standsAside(cell, axes))
  const routine = placed.filter((cell) => isRoutine(cell, placed, readings, axes))
  const cells = withMisreadRanges(applyRoutine(routine, spreadLetters(lessons), axes))
  const tracks = context.origin === "native" ? tracksOf(readings, timeDirection) : null
  // How far words reach does not tell how long a lesson is.
  const isDrawn = context.origin !== "aligned"
  const scale = isDrawn ? timeScaleOf(axes.times?.slots ?? [], cells, timeDirection, tracks) : null
  const timesOf = (cell: Placed): Times => scale?.(cell) ?? nominalTimes(cell, axes)
  const width = Math.max(...readings.map(({ cell }) => cell.columnIndex + cell.columnSpan))
  const isTitle = (cell: Placed): boolean =>
    standsAcross(cell, width) && !namesBreak(cell.reading.text.text) && timesOf(cell).start === null
  const suspected = suspicionsOfGrid(placed, [...lessons, ...routine], axes, !isDrawn && timeDirection === "rows")
  return [
    ...cells.flatMap((cell) => (isTitle(cell) ? [] : draftsOf(cell, cells, timesOf(cell), context))),
    ...breaksOfHeaders(axes, cells, context)
  ].map((draft) => ({ ...draft, suspicions: suspected }))
}

/** Whether a cell fills a row with its headers and says no time: then it names the part of the day below it. */
const standsAcross = ({ lessons, reading: { cell }, slots }: Placed, width: number): boolean =>
  cell.columnIndex === 0 &&
  cell.columnSpan === width &&
  slots.every(({ period, start }) => period === null && start === null) &&
  lessons.every(({ time }) => time === null)

/** The number of each border between atomic rows or columns, by where it stands. */
const tracksOf = (readings: ReadonlyArray<CellReading>, direction: Direction): ReadonlyMap<number, number> =>
  new Map(
    readings.flatMap((reading) => {
      const [from, to] = extent(reading, direction)
      const { columnIndex, columnSpan, rowIndex, rowSpan } = reading.cell
      const [index, span] = direction === "columns" ? [columnIndex, columnSpan] : [rowIndex, rowSpan]
      return [[from, index] as const, [to, index + span] as const]
    })
  )

/** Headers lie wholly in header rows or columns; one that reaches further is a lesson of all that it covers. */
const isHeader = ({ cell }: CellReading, axes: Axes): boolean => {
  const rows = Array.from({ length: cell.rowSpan }, (_, i) => cell.rowIndex + i)
  const columns = Array.from({ length: cell.columnSpan }, (_, i) => cell.columnIndex + i)
  const firstHeader = Math.min(...axes.headerRows)
  return (
    (rows.every((row) => axes.headerRows.has(row) || row < firstHeader) && axes.headerRows.size > 0) ||
    (columns.every((column) => axes.headerColumns.has(column)) && axes.headerColumns.size > 0)
  )
}

const place = (
  reading: CellReading,
  readings: ReadonlyArray<CellReading>,
  axes: Axes,
  timeDirection: Direction,
  context: TableContext
): Placed => {
  const daySlots = axes.days ? covered(axes.days.slots, extent(reading, axes.days.direction)) : []
  const [from, to] = extent(reading, timeDirection)
  return {
    reading,
    lessons: reading.isBlank ? [] : lessonsOf(reading),
    days: axes.days ? daySlots.flatMap((slot) => slot.days) : context.days,
    slots: axes.times ? covered(axes.times.slots, [from, to]) : [],
    from,
    to,
    week: weekOf(reading, daySlots, axes),
    group: groupOf(reading, readings, axes)
  }
}

/** Beyond the first and last time there are no lessons but row numbers and remarks, unless they print a time. */
const standsAside = ({ slots, lessons, from, to }: Placed, axes: Axes): boolean => {
  const counted = axes.times?.slots.filter(({ start, period }) => start !== null || period !== null) ?? []
  const [first, last] = [counted[0], counted.at(-1)]
  if (!first || !last || slots.some((slot) => counted.includes(slot)) || lessons.some(({ time }) => time !== null))
    return false
  return to <= first.from || from >= last.to
}

/** The one week that a cell stands in, by the headers of days or of weeks beside them; null in all of them. */
const weekOf = (reading: CellReading, daySlots: ReadonlyArray<DaySlot>, axes: Axes): string | null => {
  const ofDays = axes.days ? weeksOfDays(axes.days.slots) : new Map<DaySlot, string>()
  const beside = axes.weeks ? covered(axes.weeks.slots, extent(reading, axes.weeks.direction)) : []
  const weeks = new Set([...daySlots.map((slot) => ofDays.get(slot) ?? null), ...beside.map(({ week }) => week)])
  if (beside.length > 0) weeks.delete(null)
  return weeks.size === 1 ? [...weeks][0]! : null
}

/** What heads a column or row that is one of several at the same time, such as the name of a class or group. */
const groupOf = ({ cell }: CellReading, readings: ReadonlyArray<CellReading>, axes: Axes): string | null => {
  if (axes.days && axes.days.direction !== axes.times?.direction) return null
  const across = axes.times?.direction === "columns"
  const [at, span] = across ? [cell.rowIndex, cell.rowSpan] : [cell.columnIndex, cell.columnSpan]
  const header = readings.find(
    (other) =>
      other.cell !== cell &&
      (across ? other.cell.rowIndex === at : other.cell.columnIndex === at) &&
      (across ? other.cell.rowSpan : other.cell.columnSpan) === span &&
      (across ? other.cell.columnIndex < cell.columnIndex : other.cell.rowIndex < cell.rowIndex) &&
      isHeading(other, axes)
  )
  return header && !header.isBlank && header.label.length <= groupLimit ? header.label.replaceAll("\n", " ") : null
}

/** Whether a cell stands before the first time, where columns and rows are headed. */
const isHeading = ({ cell }: CellReading, axes: Axes): boolean => {
  const [first] = axes.times?.slots.filter(({ start }) => start !== null) ?? []
  const from = axes.times?.direction === "columns" ? cell.box.x : cell.box.y
  return first !== undefined && from < first.from - 1
}

const groupLimit = 24

const draftsOf = (
  cell: Placed,
  all: ReadonlyArray<Placed>,
  nominal: Times,
  context: TableContext
): ReadonlyArray<Draft> => {
  const periods = cell.slots.flatMap(({ period }) => (period ? [period.value] : []))
  return cell.lessons.flatMap((lesson) => {
    const own = ownTimes(cell, lesson, nominal, context)
    const days: ReadonlyArray<Sourced<number> | null> = cell.days.length > 0 ? cell.days : [null]
    return days.map((day): Draft => {
      const [start, end] = own
        ? [own.start, own.end ?? (nominal.end && nominal.end.value > own.start.value ? nominal.end : null)]
        : withNeighbours(cell, day, nominal, all, context)
      return draftOf({
        page: context.page,
        day,
        start,
        end,
        period: periods[0] ?? null,
        periodEnd: periods.length > 1 ? periods.at(-1)! : null,
        name: {
          ...lesson.name,
          rule: lesson.repaired ? "spread-letters" : "cell-text",
          repaired: lesson.repaired,
          certainty: lesson.repaired ? 0.9 : 0.995
        },
        notes: lesson.notes,
        room: lesson.room,
        teacher: lesson.teacher,
        color: cell.reading.cell.fill,
        week: lesson.week ?? cell.week,
        className: cell.group
      })
    })
  })
}

interface Times {
  readonly start: Sourced<number> | null
  readonly end: Sourced<number> | null
}

/** The times that the headers give a cell; between two timed headers, what lies between them. */
const nominalTimes = (cell: Placed, axes: Axes): Times => {
  const timed = cell.slots.filter(({ start }) => start !== null)
  if (timed.length > 0) {
    const [first, last] = [timed[0]!, timed.at(-1)!]
    return { start: first.start, end: last.end }
  }
  const slots = axes.times?.slots ?? []
  const before = slots.findLast(({ to, start }) => start !== null && to <= cell.from + 0.5 * (cell.to - cell.from))
  const after = slots.find(({ from, start }) => start !== null && from >= cell.to - 0.5 * (cell.to - cell.from))
  const [start, end] = [before?.end ?? null, after?.start ?? null]
  if (!start || !end || start.value >= end.value) return { start: null, end: null }
  const inferred = { rule: "between-neighbours", certainty: 0.95 }
  return { start: { ...start, ...inferred }, end: { ...end, ...inferred } }
}

/** How sure a time is that a cell prints, and one of which a digit was put right. */
const certain = { printed: 0.99, repaired: 0.95 }

const sourced = (
  mention: TimeMention,
  which: "start" | "end",
  cell: Placed,
  { certainty, minutes, repaired }: ResolvedClock
): Sourced<number> => {
  const clock: PrintedClock = which === "start" ? mention.start : mention.end!
  return {
    value: minutes,
    words: wordsBetween(cell.reading.text, clock.from, clock.to),
    rule: "time-in-cell",
    repaired,
    certainty: repaired ? Math.min(certain.repaired, certainty) : certain.printed
  }
}

/** The time that a lesson prints itself, unless it was put right am or pm by the headers that it stands under. */
const ownTimes = (
  cell: Placed,
  { putRight, time: mention }: LessonText,
  nominal: Times,
  context: TableContext
): { readonly start: Sourced<number>; readonly end: Sourced<number> | null } | null => {
  if (!mention) return null
  const near = nominal.start ?? nominal.end
  const within = near ? ([near.value - 150, (nominal.end ?? near).value + 150] as const) : context.within
  const clocks = [mention.start, ...(mention.end ? [mention.end] : [])]
  const { end, start } = putRight ?? resolveClocks([mention], { within, uses24: uses24(clocks) })[0]!
  return {
    start: sourced(mention, "start", cell, start),
    end: end ? sourced(mention, "end", cell, end) : null
  }
}

/** Borders nearer to a header's border than this share of the header are the same border. */
const aligned = 0.08
/** Cells whose borders lie within this share of a header of each other touch. */
const touching = 0.25

/**
 * Moves a border that stands between the headers' borders to the time that the neighbour on its other side prints.
 */
const withNeighbours = (
  cell: Placed,
  day: Sourced<number> | null,
  nominal: Times,
  all: ReadonlyArray<Placed>,
  context: TableContext
): readonly [Sourced<number> | null, Sourced<number> | null] => {
  let { start, end } = nominal
  const size = Math.min(...cell.slots.map((slot) => slot.to - slot.from), cell.to - cell.from)
  const sameDay = all.filter((other) => other !== cell && other.days.some(({ value }) => value === day?.value))
  const printed = (other: Placed): Times | null => {
    const lesson = other.lessons.find(({ time }) => time !== null)
    return lesson ? ownTimes(other, lesson, { start, end }, context) : null
  }
  const [first, last] = [cell.slots[0], cell.slots.at(-1)]
  if (first && Math.abs(cell.from - first.from) > aligned * (first.to - first.from)) {
    const before = sameDay.find((other) => Math.abs(other.to - cell.from) < touching * size)
    const time = before ? printed(before)?.end : null
    if (time && (end === null || time.value < end.value)) start = { ...time, rule: "neighbour-end" }
  }
  if (last && Math.abs(cell.to - last.to) > aligned * (last.to - last.from)) {
    const after = sameDay.find((other) => Math.abs(other.from - cell.to) < touching * size)
    const time = after ? printed(after)?.start : null
    if (time && (start === null || time.value > start.value)) end = { ...time, rule: "neighbour-start" }
  } else if (last) {
    // A neighbour that prints its start inside this cell's slot cuts it short although the borders agree.
    const after = sameDay.find((other) => Math.abs(other.from - cell.to) < touching * size)
    const time = after ? printed(after)?.start : null
    if (time && start && end && time.value > start.value && time.value < end.value && after!.slots.includes(last)) {
      end = { ...time, rule: "neighbour-start" }
    }
  }
  return [start, end]
}

/**
 * A header that names something beside its time, over cells that are all empty, is that on every day: a break, or else
 * what most headers do not name.
 */
const breaksOfHeaders = (axes: Axes, cells: ReadonlyArray<Placed>, context: TableContext): ReadonlyArray<Draft> => {
  const slots = axes.times?.slots.filter(({ start }) => start !== null) ?? []
  const labelled = slots.filter(({ label }) => label !== null).length
  const days = axes.days?.slots.flatMap((slot) => slot.days) ?? context.days
  return slots.flatMap((slot) => {
    const { end, label, start } = slot
    const written = cells.some(({ lessons, slots }) => lessons.length > 0 && slots.includes(slot))
    const isOne = label !== null && (namesBreak(label.value) || 2 * labelled < slots.length)
    if (written || !isOne) return []
    return days.map((day) =>
      draftOf({
        page: context.page,
        day,
        start,
        end,
        name: { ...label, rule: "break-header", repaired: false, certainty: 0.97 }
      })
    )
  })
}
