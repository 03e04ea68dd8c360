import { sharesHalf } from "../table/geometry.ts"
import type { Axes } from "./axes.ts"
import type { CellReading } from "./cellReading.ts"
import type { DaySlot } from "./daySlots.ts"
import { type Draft, draftOf } from "./draft.ts"
import { type ColumnRole, fold, languages } from "./languages.ts"
import { lessonsOf, type SourcedText } from "./lessonText.ts"
import type { TableContext } from "./placed.ts"
import type { Sourced } from "./sourced.ts"
import type { TimeSlot } from "./timeSlots.ts"

const roles = languages.flatMap(({ columns }) =>
  (Object.entries(columns) as ReadonlyArray<readonly [ColumnRole, ReadonlyArray<string>]>).flatMap(([role, names]) =>
    names.map((name) => [name, role] as const)
  )
)
const roleOf = new Map(roles)

/** What a header says that its column holds; of what OCR read, signs and strokes beside a word are none of it. */
const roleIn = ({ text, cell }: CellReading): ColumnRole | null => {
  const whole = roleOf.get(fold(text.text))
  if (whole || !cell.words.some(({ source }) => source === "ocr")) return whole ?? null
  const words = fold(text.text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !stroke.test(word))
  return words.length === 1 ? (roleOf.get(words[0]!) ?? null) : null
}

/** What OCR makes of the strokes of a border; a digit may be the number of a room or class. */
const stroke = /^[ijl]$/u

/** A column of a list and what its header, if any, says that it holds. */
interface Column {
  readonly index: number
  readonly role: ColumnRole | null
}

/**
 * Whether the body columns of a table are fields of one record a row (subject, room, …) rather than parallel groups:
 * at least one names a field, or there is only one, or none has a header. Lessons that print times of their own, one a
 * row or more, are no fields.
 */
export const isRecordList = (readings: ReadonlyArray<CellReading>, axes: Axes): boolean => {
  if (axes.times?.direction !== "rows" || axes.days?.direction === "columns") return false
  const columns = bodyColumns(readings, axes)
  const headers = headerCells(readings, axes)
  const ownTimes = readings.filter(({ cell, times }) => !axes.headerColumns.has(cell.columnIndex) && times.length > 0)
  if (ownTimes.length >= axes.times.slots.length) return false
  return columns.length === 1 || columns.some(({ role }) => role !== null) || headers.length === 0
}

const headerCells = (readings: ReadonlyArray<CellReading>, axes: Axes): ReadonlyArray<CellReading> => {
  const first = Math.min(...axes.times!.slots.filter(({ start }) => start !== null).map(({ from }) => from))
  return readings.filter(({ cell, isBlank }) => cell.box.y + cell.box.height / 2 < first && !isBlank)
}

const bodyColumns = (readings: ReadonlyArray<CellReading>, axes: Axes): ReadonlyArray<Column> => {
  const headers = headerCells(readings, axes)
  const indices = new Set(
    readings.map(({ cell }) => cell.columnIndex).filter((index) => !axes.headerColumns.has(index))
  )
  return [...indices]
    .toSorted((a, b) => a - b)
    .map((index) => {
      const header = headers.findLast(({ cell }) => cell.columnIndex === index)
      return { index, role: header ? roleIn(header) : null }
    })
}

/** Reads a list: one lesson a row, days and times in columns, the other columns its name and what goes with it. */
export const readRecords = (
  readings: ReadonlyArray<CellReading>,
  axes: Axes,
  context: TableContext
): ReadonlyArray<Draft> => {
  const columns = bodyColumns(readings, axes)
  const named = columns.find(({ role }) => role === "name") ?? columns.find(({ role }) => role === null) ?? columns[0]
  return axes.times!.slots.flatMap((slot) => {
    if (!slot.start) return []
    const inRow = readings.filter(
      ({ cell, isBlank }) =>
        !isBlank &&
        !axes.headerColumns.has(cell.columnIndex) &&
        sharesHalf(cell.box.y, cell.box.y + cell.box.height, slot.from, slot.to)
    )
    return recordOf(inRow, columns, named, slot, daysAt(axes.days?.slots ?? null, slot, context), context)
  })
}

/** The days of a row: those of the day cell beside it, or of the last one above where it is left out. */
const daysAt = (
  slots: ReadonlyArray<DaySlot> | null,
  row: TimeSlot,
  context: TableContext
): ReadonlyArray<Sourced<number> | null> => {
  const middle = (row.from + row.to) / 2
  const days = slots?.findLast(({ from }) => from <= middle)?.days ?? context.days
  return days.length > 0 ? days : [null]
}

const recordOf = (
  cells: ReadonlyArray<CellReading>,
  columns: ReadonlyArray<Column>,
  named: Column | undefined,
  slot: TimeSlot,
  days: ReadonlyArray<Sourced<number> | null>,
  context: TableContext
): ReadonlyArray<Draft> => {
  const nameCell = cells.find(({ cell }) => cell.columnIndex === named?.index) ?? cells[0]
  const [lesson] = nameCell ? lessonsOf(nameCell) : []
  if (!nameCell || !lesson) return []
  const role = (wanted: ColumnRole): string | null => {
    const column = columns.find((candidate) => candidate.role === wanted)
    const cell = cells.find((candidate) => candidate !== nameCell && candidate.cell.columnIndex === column?.index)
    return cell ? cell.text.text.replaceAll("\n", " ") : null
  }
  const others = cells.filter((cell) => cell !== nameCell)
  const notes: ReadonlyArray<SourcedText> = [
    ...(lesson.notes ? [lesson.notes] : []),
    ...others.map(({ text, cell }) => ({ value: text.text.replaceAll("\n", " "), words: cell.words }))
  ]
  return days.map((day) =>
    draftOf({
      page: context.page,
      day,
      start: slot.start,
      end: slot.end,
      period: slot.period?.value ?? null,
      name: { ...lesson.name, rule: "name-column", repaired: false, certainty: 0.995 },
      notes:
        notes.length === 0
          ? null
          : { value: notes.map(({ value }) => value).join(" "), words: notes.flatMap(({ words }) => words) },
      room: role("room") ?? lesson.room,
      teacher: role("teacher") ?? lesson.teacher,
      color: nameCell.cell.fill,
      className: role("className")
    })
  )
}
