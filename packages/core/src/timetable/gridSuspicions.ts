import type { Suspicion } from "../confidence/suspicions.ts"
import { middleY, union } from "../table/geometry.ts"
import type { Axes } from "./axes.ts"
import type { Placed } from "./placed.ts"
import type { TimeSlot } from "./timeSlots.ts"

/** What the cells of a grid tell of whether it was understood; `read` are those that became lessons. */
export const suspicionsOfGrid = (
  cells: ReadonlyArray<Placed>,
  read: ReadonlyArray<Placed>,
  axes: Axes,
  isUndrawn: boolean
): ReadonlyArray<Suspicion> => {
  const found: ReadonlyArray<readonly [Suspicion, boolean]> = [
    ["unknownDays", headedByNoDays(read)],
    [
      "daysInDisorder",
      axes.days !== null && !followEachOther(axes.days.slots.flatMap(({ days }) => days[0]?.value ?? []))
    ],
    ["rowsAside", isUndrawn && (holdSeveral(read) || standAside(read))],
    ["twoTimes", axes.times?.isContradicted === true],
    ["writingLeftOut", axes.days !== null && leavesOut(cells, read)]
  ]
  return found.flatMap(([name, isSo]) => (isSo ? [name] : []))
}

/** Lines of one text follow each other with less than so many lines between them. */
const linesApart = 1
/** Where nothing is drawn, so large a share of the lessons may be several. */
const fewSeveral = 0.15

/** Whether lessons of a table that nothing draws are several texts far below each other: those of hours of a calendar. */
const holdSeveral = (read: ReadonlyArray<Placed>): boolean => {
  const several = read.filter(({ reading: { text } }) =>
    text.lines.some((line, i) => {
      const before = text.lines[i - 1]
      const height = Math.min(line.box.height, before?.box.height ?? 0)
      return before && line.box.y - (before.box.y + before.box.height) > linesApart * height
    })
  )
  return several.length > fewSeveral * read.length
}

/** Middles or tops of a text and its time are no further apart than this share of a line. */
const besideShare = 0.6
/** Where nothing is drawn, so large a share of the lessons stands beside its time. */
const mostBeside = 0.5

/** Whether lessons of a table that nothing draws stand between its times rather than beside them, as in a calendar. */
const standAside = (read: ReadonlyArray<Placed>): boolean => {
  const judged = read.flatMap(({ reading, slots }) => {
    const [slot, next] = slots
    if (!slot?.start || next || reading.cell.words.length === 0) return []
    const printed =
      slot.end && slot.end.rule !== "next-start" ? [...slot.start.words, ...slot.end.words] : slot.start.words
    if (printed.length === 0) return []
    const [text, time] = [reading.cell.words, printed].map((words) => union(words.map(({ box }) => box)))
    const line = Math.max(...printed.map(({ box }) => box.height))
    return [Math.min(Math.abs(middleY(text!) - middleY(time!)), Math.abs(text!.y - time!.y)) <= besideShare * line]
  })
  return judged.filter(Boolean).length < mostBeside * judged.length
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
