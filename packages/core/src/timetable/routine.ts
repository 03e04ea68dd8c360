import type { Axes } from "./axes.ts"
import type { CellReading } from "./cellReading.ts"
import { fold, wordSet } from "./languages.ts"
import type { Placed } from "./placed.ts"

const routineWords = wordSet((language) => language.routineWords)

/**
 * Whether a cell belongs to the row or column of what is the same every day: it stands in no day, under a time, and its
 * own header names a routine or the days beside it are mostly empty there.
 */
export const isRoutine = (
  cell: Placed,
  all: ReadonlyArray<Placed>,
  readings: ReadonlyArray<CellReading>,
  axes: Axes
): boolean => {
  if (!axes.days || cell.days.length > 0 || cell.slots.length === 0 || cell.lessons.length === 0) return false
  const across = axes.days.direction === "rows"
  const line = (reading: CellReading) => (across ? reading.cell.rowIndex : reading.cell.columnIndex)
  const header = readings.find(
    (reading) =>
      line(reading) === line(cell.reading) &&
      (across ? axes.headerColumns.has(reading.cell.columnIndex) : axes.headerRows.has(reading.cell.rowIndex))
  )
  if (header && routineWords.has(fold(header.text.text))) return true
  const beside = all.filter((other) => other.days.length > 0)
  const blank = beside.filter((other) => other.lessons.length === 0).length
  return header !== undefined && !header.isBlank && 2 * blank > beside.length
}

/**
 * Gives the routine to every day: an empty cell takes it over, a cell within one of its slots becomes its notes, and a
 * cell that spans several of its slots replaces it.
 */
export const applyRoutine = (
  routine: ReadonlyArray<Placed>,
  cells: ReadonlyArray<Placed>,
  axes: Axes
): ReadonlyArray<Placed> => {
  if (routine.length === 0) return cells
  const detailed = cells.map((cell): Placed => {
    const base = routine.find(
      (entry) => cell.slots.length > 0 && cell.slots.every((slot) => entry.slots.includes(slot))
    )
    const name = base?.lessons[0]?.name
    if (!name) return cell
    return {
      ...cell,
      lessons: cell.lessons.map((lesson) => ({
        ...lesson,
        name,
        notes: {
          value: [lesson.name.value, lesson.notes?.value].filter(Boolean).join(" "),
          words: [...lesson.name.words, ...(lesson.notes?.words ?? [])]
        }
      }))
    }
  })
  const inherited = routine.flatMap((entry) =>
    (axes.days?.slots ?? []).flatMap((daySlot): ReadonlyArray<Placed> => {
      const taken = detailed.some(
        (cell) =>
          cell.lessons.length > 0 &&
          cell.days.some((day) => daySlot.days.includes(day)) &&
          cell.slots.some((slot) => entry.slots.includes(slot))
      )
      return taken ? [] : [{ ...entry, days: daySlot.days }]
    })
  )
  return [...detailed, ...inherited]
}
