import type { Direction } from "./headerLines.ts"
import type { Placed } from "./placed.ts"
import type { Sourced } from "./sourced.ts"
import type { TimeSlot } from "./timeSlots.ts"

/** Where a cell begins and ends on a scale of time, in minutes of the day. */
export type TimeScale = (cell: Placed) => { readonly start: Sourced<number>; readonly end: Sourced<number> }

/** A header that begins at a time. */
interface Mark {
  readonly slot: TimeSlot
  readonly start: Sourced<number>
}

/** The minutes of the day at a place along an axis. */
type MinutesAt = (at: number) => number

/** So many marks make a scale. */
const leastMarks = 3
/** Cells of a grid keep to its marks; where this share of them begins or ends between two, place tells the time. */
const freeShare = 0.3
/** Nearer to a mark than this share of the way to the next is at the mark. */
const atMark = 0.1
/** Schools count in steps of so many minutes, and a border this near to one is meant to be there. */
const step = 5
const atStep = 1

/**
 * The scale of an axis on which height, or width, is time: starts alone are printed, as far apart as their times, and
 * lessons begin and end between them. A start may be missing, and so may the border between two, which then look like a
 * range. null for a grid. `tracks` numbers the borders of atomic rows or columns by where they stand, where a format
 * states them: their number then counts if it can, and not their height, which text may stretch.
 */
export const timeScaleOf = (
  slots: ReadonlyArray<TimeSlot>,
  cells: ReadonlyArray<Placed>,
  direction: Direction,
  tracks: ReadonlyMap<number, number> | null
): TimeScale | null => {
  const marks = slots.flatMap((slot): ReadonlyArray<Mark> => (slot.start ? [{ slot, start: slot.start }] : []))
  const isRead = marks.some(({ start }) => start.words.some(({ source }) => source === "ocr"))
  // One mark that OCR misread stands beside the scale of the others.
  const without = isRead && marks.length > leastMarks ? marks.map((mark) => marks.filter((one) => one !== mark)) : []
  for (const some of [marks, ...without]) {
    const scale = scaleOf(some, cells, direction, tracks)
    if (scale) return scale
  }
  return null
}

const scaleOf = (
  marks: ReadonlyArray<Mark>,
  cells: ReadonlyArray<Placed>,
  direction: Direction,
  tracks: ReadonlyMap<number, number> | null
): TimeScale | null => {
  if (marks.length < leastMarks) return null
  const apart = minutesApart(marks)
  if (apart === null) return null
  const borders = marks.map(({ slot }) => slot.from)
  const minutesAt =
    (tracks && fittedTo(marks, borders, (at) => tracks.get(at) ?? Number.NaN, apart)) ??
    fittedTo(marks, borders, (at) => at, apart) ??
    fittedToWords(marks, cells, direction, apart)
  if (!minutesAt || marks.some((mark) => printsEnd(mark, minutesAt, direction, apart))) return null
  const [first] = marks
  const edges = marks.flatMap(({ slot }) => [slot.from, slot.to])
  // Near a mark and yet not at its border: a lesson that begins minutes after it.
  const isBeside = (at: number): boolean =>
    edges.every((edge) => Math.abs(edge - at) > 1) && Math.abs(minutesAt(at) - nearestStep(minutesAt(at))) <= atStep
  const isFree = (at: number): boolean => {
    const between = (minutesAt(at) - first!.start.value) / apart
    return Math.abs(between - Math.round(between)) > atMark || isBeside(at)
  }
  const written = cells.filter(({ lessons }) => lessons.length > 0)
  if (written.filter(({ from, to }) => isFree(from) || isFree(to)).length < freeShare * written.length) return null
  return (cell) => {
    const place = (at: number): Sourced<number> => {
      const value = nearestStep(minutesAt(at))
      const mark = marks.findLast(({ start }) => start.value <= value) ?? first!
      const between = Math.abs(minutesAt(at) - value) / step
      return { ...mark.start, value, rule: "time-scale", certainty: 0.93 - 0.4 * between }
    }
    return { start: place(cell.from), end: place(cell.to) }
  }
}

/** The minutes from one mark to the next, of which every distance between two marks is a multiple; null on a grid. */
const minutesApart = (marks: ReadonlyArray<Mark>): number | null => {
  const distances = marks.flatMap(({ slot, start }, i) => [
    ...(i === 0 ? [] : [start.value - marks[i - 1]!.start.value]),
    ...(slot.end && slot.end.rule !== "next-start" ? [slot.end.value - start.value] : [])
  ])
  const least = Math.min(...distances)
  return least > 0 && distances.every((distance) => distance % least === 0) ? least : null
}

/** The line through the first and last mark, places measured by `measure`; null where a mark stands beside it. */
const fittedTo = (
  marks: ReadonlyArray<Mark>,
  places: ReadonlyArray<number>,
  measure: (at: number) => number,
  apart: number
): MinutesAt | null => {
  const [first, last] = [marks[0]!, marks.at(-1)!]
  const [from, to] = [measure(places[0]!), measure(places.at(-1)!)]
  const perPlace = (last.start.value - first.start.value) / (to - from)
  const minutesAt: MinutesAt = (at) => first.start.value + (measure(at) - from) * perPlace
  const fits = marks.every(({ start }, i) => Math.abs(minutesAt(places[i]!) - start.value) <= atMark * apart)
  return fits ? minutesAt : null
}

/**
 * The scale of marks that no borders part. Their words tell how far apart they stand, and the borders of lessons how far
 * before its words each is: as far as the first, whose border is there, if that puts nearly all on minutes that schools
 * count, and else as little as does.
 */
const fittedToWords = (
  marks: ReadonlyArray<Mark>,
  cells: ReadonlyArray<Placed>,
  direction: Direction,
  apart: number
): MinutesAt | null => {
  const words = marks.map(({ start }) => placeOf(start, direction))
  const borders = [...new Set(cells.filter(({ lessons }) => lessons.length > 0).flatMap(({ from, to }) => [from, to]))]
  const [first, ...others] = marks.map(({ slot }, i) => words[i]! - slot.from)
  const scales = [first!, ...others.toSorted((a, b) => a - b)]
    .filter((inset) => inset >= 0)
    .flatMap((inset) => {
      const places = words.map((at) => at - inset)
      const minutesAt = fittedTo(marks, places, (at) => at, apart)
      if (!minutesAt) return []
      const counted = borders.filter((at) => Math.abs(minutesAt(at) - nearestStep(minutesAt(at))) <= atStep)
      return [{ minutesAt, counted: counted.length }]
    })
  return scales.find(({ counted }) => counted >= nearlyAll * borders.length)?.minutesAt ?? null
}

const nearlyAll = 0.8

const nearestStep = (minutes: number): number => step * Math.round(minutes / step)

/** Where the first word of a time begins along an axis, in pixels. */
const placeOf = ({ words }: Sourced<number>, direction: Direction): number => {
  const [word] = words
  return word ? (direction === "columns" ? word.box.x : word.box.y) : Number.NaN
}

/** Whether a second time beside a mark's is its end; a mark of its own stands as far from it as their times. */
const printsEnd = ({ slot, start }: Mark, minutesAt: MinutesAt, direction: Direction, apart: number): boolean => {
  const { end } = slot
  if (end === null || end.rule === "next-start") return false
  const distance = placeOf(end, direction) - placeOf(start, direction)
  const minutes = minutesAt(slot.from + distance) - minutesAt(slot.from)
  return !(Math.abs(minutes - (end.value - start.value)) <= atMark * apart)
}
