import type { Placed } from "./placed.ts"
import type { Sourced } from "./sourced.ts"
import type { TimeSlot } from "./timeSlots.ts"

/** Where a cell begins and ends on a scale of time, in minutes of the day. */
export type TimeScale = (cell: Placed) => { readonly start: Sourced<number>; readonly end: Sourced<number> }

/** So many marks make a scale. */
const leastMarks = 3
/** Cells of a grid keep to its marks; where this share of them begins or ends between two, place tells the time. */
const freeShare = 0.3
/** Nearer to a mark than this share of the way to the next is at the mark. */
const atMark = 0.1
/** Schools count in steps of so many minutes. */
const step = 5

/**
 * The scale of an axis on which height, or width, is time: starts alone are printed, at even distances for even times,
 * and lessons begin and end between them. null for a grid. `tracks` numbers the borders of the table's atomic rows or
 * columns by where they stand; where the format states rows of equal time, their number counts and not their height.
 */
export const timeScaleOf = (
  slots: ReadonlyArray<TimeSlot>,
  cells: ReadonlyArray<Placed>,
  tracks: ReadonlyMap<number, number>
): TimeScale | null => {
  const timed = slots.filter(({ start }) => start !== null)
  const printsEnds = timed.some(({ end }) => end !== null && end.rule !== "next-start")
  if (timed.length < leastMarks || printsEnds) return null
  const numbers = timed.map(({ from }) => tracks.get(from) ?? Number.NaN)
  const countsTracks = isEven(numbers) && numbers[1]! - numbers[0]! > 1
  const placeOf = (at: number): number => (countsTracks ? (tracks.get(at) ?? Number.NaN) : at)
  const marks = timed.map(({ from, start }) => ({ at: placeOf(from), start: start! }))
  const [first, last] = [marks[0]!, marks.at(-1)!]
  const perPlace = (last.start.value - first.start.value) / (last.at - first.at)
  const minutesAt = (at: number): number => first.start.value + (placeOf(at) - first.at) * perPlace
  const minutesApart = marks[1]!.start.value - first.start.value
  const fits = timed.every(({ from, start }) => Math.abs(minutesAt(from) - start!.value) <= atMark * minutesApart)
  if (!fits || !isEven(marks.map(({ start }) => start.value))) return null
  const isFree = (at: number): boolean => {
    const between = (minutesAt(at) - first.start.value) / minutesApart
    return Math.abs(between - Math.round(between)) > atMark
  }
  const written = cells.filter(({ lessons }) => lessons.length > 0)
  if (written.filter(({ from, to }) => isFree(from) || isFree(to)).length < freeShare * written.length) return null
  return (cell) => {
    const place = (at: number): Sourced<number> => {
      const value = step * Math.round(minutesAt(at) / step)
      const mark = marks.findLast(({ start }) => start.value <= value) ?? first
      return { ...mark.start, value, rule: "time-scale", certainty: 0.93 }
    }
    return { start: place(cell.from), end: place(cell.to) }
  }
}

const isEven = (values: ReadonlyArray<number>): boolean =>
  values.every((value, i) => i === 0 || value - values[i - 1]! === values[1]! - values[0]!)
