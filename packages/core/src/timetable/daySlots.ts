import type { CellReading } from "./cellReading.ts"
import { orderDays } from "./days.ts"
import { type HeaderLine, places } from "./headerLines.ts"
import type { Sourced } from "./sourced.ts"

/** A header of days and the stretch of the table, in pixels, that it rules. */
export interface DaySlot {
  readonly from: number
  readonly to: number
  /** 0 is Monday. */
  readonly days: ReadonlyArray<Sourced<number>>
  /** What the header says beside the day, e.g. a week. */
  readonly label: string
}

const spellingCertainty = { name: 0.999, initial: 0.97, repaired: 0.9 }

/** The days of a line of headers; one that was not read is known where its neighbours leave a single day. */
export const daySlots = (line: HeaderLine, readings: ReadonlyArray<CellReading>): ReadonlyArray<DaySlot> => {
  const { from, to, index } = places[line.direction]
  const ordered = orderDays(line.cells.flatMap(({ days }) => days!.days))
  let at = 0
  const read = line.cells.map((reading): DaySlot => {
    const mention = reading.days!
    const days = mention.days.flatMap((): ReadonlyArray<Sourced<number>> => {
      const value = ordered[at++]
      if (value === null || value === undefined) return []
      const repaired = mention.spelling === "repaired"
      const certainty = spellingCertainty[mention.spelling]
      return [{ value, words: reading.cell.words, rule: "day-header", repaired, certainty }]
    })
    return { from: from(reading), to: to(reading), days, label: mention.rest }
  })
  const unread = readings.filter(
    (reading) => index(reading) === line.index && !line.cells.includes(reading) && reading.times.length === 0
  )
  return [...read, ...unread.flatMap((reading) => missingDay(reading, read, unread, line) ?? [])].toSorted(
    (a, b) => a.from - b.from
  )
}

/** A header that stands alone between two days with one day between them is that day. */
const missingDay = (
  reading: CellReading,
  read: ReadonlyArray<DaySlot>,
  unread: ReadonlyArray<CellReading>,
  line: HeaderLine
): DaySlot | null => {
  const { from, to } = places[line.direction]
  const before = read.findLast((slot) => slot.to <= from(reading) + 1)
  const after = read.find((slot) => slot.from >= to(reading) - 1)
  const [last, next] = [before?.days.at(-1)?.value, after?.days[0]?.value]
  if (!before || !after || last === undefined || next === undefined || next - last !== 2) return null
  const between = unread.filter((other) => from(other) >= before.to - 1 && to(other) <= after.from + 1)
  if (between.length !== 1) return null
  const day: Sourced<number> = {
    value: last + 1,
    words: reading.cell.words,
    rule: "day-between-days",
    repaired: true,
    certainty: spellingCertainty.repaired
  }
  return { from: from(reading), to: to(reading), days: [day], label: "" }
}
