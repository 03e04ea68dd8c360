import type { Suspicion } from "../confidence/suspicions.ts"
import type { Axes } from "./axes.ts"
import type { Placed } from "./placed.ts"
import type { TimeSlot } from "./timeSlots.ts"

/** What the cells of a grid tell of whether it was understood; `read` are those that became lessons. */
export const suspicionsOfGrid = (
  cells: ReadonlyArray<Placed>,
  read: ReadonlyArray<Placed>,
  axes: Axes
): ReadonlyArray<Suspicion> => {
  const found: ReadonlyArray<readonly [Suspicion, boolean]> = [
    ["unknownDays", headedByNoDays(read)],
    [
      "daysInDisorder",
      axes.days !== null && !followEachOther(axes.days.slots.flatMap(({ days }) => days[0]?.value ?? []))
    ],
    ["writingLeftOut", axes.days !== null && leavesOut(cells, read)]
  ]
  return found.flatMap(([name, isSo]) => (isSo ? [name] : []))
}

/** Whether several columns or rows have headers of their own and none of them, nor a heading, a day. */
const headedByNoDays = (cells: ReadonlyArray<Placed>): boolean =>
  cells.every(({ days }) => days.length === 0) && new Set(cells.flatMap(({ group }) => group ?? [])).size > 1

/** Whether days go round the week once, or begin again with the first of them. */
const followEachOther = (days: ReadonlyArray<number>): boolean => {
  let way = 0
  return days.every((day, i) => {
    const before = days[i - 1] ?? day
    way = day === days[0] && day < before ? 0 : way + ((day - before + 7) % 7)
    return way < 7
  })
}

/** So large a share of the writing beside the times is no note in the margin. */
const smallShare = 0.1

/** Whether writing that stands beside times became part of nothing, for no header gives it a day. */
const leavesOut = (cells: ReadonlyArray<Placed>, read: ReadonlyArray<Placed>): boolean => {
  const written = cells.filter(({ lessons, slots }) => lessons.length > 0 && slots.some(isCounted))
  const lost = written.filter((cell) => cell.days.length === 0 && !read.includes(cell))
  return lost.length > smallShare * written.length
}

const isCounted = ({ period, start }: TimeSlot): boolean => start !== null || period !== null
