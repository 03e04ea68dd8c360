import type { CellReading } from "./cellReading.ts"
import type { DaySlot } from "./daySlots.ts"
import { type HeaderLine, lookAlong } from "./headerLines.ts"
import { findWeek } from "./weeks.ts"

/** A header of a week of a cycle and the stretch of the table, in pixels, that it rules. */
export interface WeekSlot {
  readonly from: number
  readonly to: number
  readonly week: string
}

/** The row or column next to the days whose headers name the weeks of a cycle, each of them again with every day. */
export const weekLineBeside = (days: HeaderLine, readings: ReadonlyArray<CellReading>): HeaderLine | null => {
  const { index } = lookAlong[days.direction]
  const cells = readings.filter((reading) => index(reading) === days.index + 1 && weekOf(reading) !== null)
  const weeks = new Set(cells.map(weekOf))
  const recurs = weeks.size >= 2 && cells.length >= 2 * weeks.size && cells.length >= days.cells.length
  return recurs ? { direction: days.direction, index: days.index + 1, cells, score: weeks.size } : null
}

export const weekSlots = ({ cells, direction }: HeaderLine): ReadonlyArray<WeekSlot> => {
  const { from, to } = lookAlong[direction]
  return cells.map((reading) => ({ from: from(reading), to: to(reading), week: weekOf(reading)! }))
}

const weekOf = ({ text }: CellReading): string | null => findWeek(text.text, true)

/** The week of each header of days that names one beside its day; a letter alone where one day comes with several. */
export const weeksOfDays = (slots: ReadonlyArray<DaySlot>): ReadonlyMap<DaySlot, string> => {
  const lettered = slots.filter(({ label }) => findWeek(label, true) !== null)
  const ofDay = Map.groupBy(lettered, ({ days }) => days[0]?.value)
  const bare = [...ofDay.values()].some((same) => new Set(same.map(({ label }) => findWeek(label, true))).size > 1)
  return new Map(
    slots.flatMap((slot) => {
      const week = findWeek(slot.label, bare)
      return week === null ? [] : [[slot, week] as const]
    })
  )
}
