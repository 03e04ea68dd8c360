import type { TruthBlock } from "@timegrid/core"
import { type Cell, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printRange } from "../week/clock.ts"
import type { Lesson } from "../week/SchoolWeek.ts"
import { pickDayLabel } from "./dayLabels.ts"
import type { Layout, LayoutContext } from "./Layout.ts"
import { styled } from "./Look.ts"

/** Atomic rows or columns of a slot; a cell that is shifted is so by one of them. */
const partsPerSlot = 4

/** A lesson as it is printed: where it begins and ends in atomic parts, and whether it says when it is. */
interface Shifted {
  readonly lesson: Lesson
  readonly from: number
  readonly to: number
  readonly printsTime: boolean
  readonly truth: TruthBlock
}

const isNext = (one: Lesson, other: Lesson | undefined): other is Lesson =>
  other !== undefined && other.firstSlot === one.lastSlot + 1 && other.start === one.end

/** The lessons of a day, some of which begin and end beside their slots and say so; the one beside each gives way. */
const shiftedDay = (random: LayoutContext["random"], lessons: ReadonlyArray<Lesson>): Array<Shifted> => {
  const printed = lessons.map(
    (lesson): Shifted => ({
      lesson,
      from: partsPerSlot * lesson.firstSlot,
      to: partsPerSlot * (lesson.lastSlot + 1),
      printsTime: false,
      truth: { day: lesson.day, start: hhmm(lesson.start), end: hhmm(lesson.end), name: lesson.name, notes: null }
    })
  )
  for (let i = 0; i + 1 < printed.length; i++) {
    const [one, other] = [printed[i]!, printed[i + 1]!]
    if (!isNext(one.lesson, other.lesson) || one.printsTime || !random.chance(0.3)) continue
    const shift = random.pick([-10, -5, 5, 10])
    const minutes = hhmm(one.lesson.end + shift)
    const border = one.to + Math.sign(shift)
    const isFirst = random.chance(0.5)
    printed[i] = {
      ...one,
      to: border,
      printsTime: isFirst,
      truth: { ...one.truth, end: minutes, ...(isFirst ? {} : { endInferred: true }) }
    }
    printed[i + 1] = {
      ...other,
      from: border,
      printsTime: !isFirst,
      truth: { ...other.truth, start: minutes, ...(isFirst ? { startInferred: true } : {}) }
    }
    i++
  }
  return printed
}

const shiftedLayout = (id: string, set: Layout["set"], daysAlong: "columns" | "rows"): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { ownTimes: false, slotLimit: 8 },
  print: (context) => {
    const { clock, look, random, week } = context
    const dayLabel = pickDayLabel(random, week)
    const isRows = daysAlong === "rows"
    const place = (along: number, across: number, span: number, lines: Cell["lines"], parts: Partial<Cell> = {}) =>
      isRows
        ? makeCell(across, along, lines, { ...parts, columnSpan: span })
        : makeCell(along, across, lines, { ...parts, rowSpan: span })
    const shifted = week.days.flatMap((day) =>
      shiftedDay(
        random,
        week.lessons.filter((lesson) => lesson.day === day)
      )
    )
    const minutesOf = (clockText: string | null) => Number(clockText?.slice(0, 2)) * 60 + Number(clockText?.slice(3))
    const blocks: ReadonlyArray<TruthBlock> = [
      ...week.slots.flatMap(({ breakName, end, start }) =>
        breakName === null
          ? []
          : week.days.map((day) => ({ day, start: hhmm(start), end: hhmm(end), name: breakName, notes: null }))
      ),
      ...shifted.map(({ truth }) => truth)
    ]
    const cells = [
      place(0, 0, 1, linesOf([week.vocabulary.labels.time], look.header), { fill: look.headerFill }),
      ...week.days.map((day, at) =>
        place(0, 1 + at, 1, linesOf([dayLabel(day)], look.header), { fill: look.headerFill })
      ),
      ...week.slots.map(({ end, start }, index) =>
        place(1 + partsPerSlot * index, 0, partsPerSlot, linesOf([printRange(clock, start, end)], look.header), {
          fill: look.headerFill
        })
      ),
      ...week.slots.flatMap(({ breakName }, index) =>
        breakName === null
          ? []
          : week.days.map((_, at) =>
              place(1 + partsPerSlot * index, 1 + at, partsPerSlot, linesOf([breakName], look.body), {
                fill: look.breakFill
              })
            )
      ),
      ...shifted.map(({ from, lesson, printsTime, to, truth }) =>
        place(
          1 + from,
          1 + week.days.indexOf(lesson.day),
          to - from,
          [
            ...(printsTime
              ? [[styled(printRange(clock, minutesOf(truth.start), minutesOf(truth.end)), look.secondary)]]
              : []),
            ...linesOf([lesson.name], look.body)
          ],
          {}
        )
      )
    ]
    const parts = week.slots.flatMap(() => Array.from({ length: partsPerSlot }, () => 1))
    const table: Table = {
      kind: "table",
      columnWidths: isRows ? [3.4, ...parts] : [0.8, ...week.days.map(() => 1)],
      rowHeights: isRows ? [18, ...week.days.map(() => 44)] : [18, ...parts.map(() => 9)],
      cells,
      border: look.border,
      padding: Math.min(2, look.padding),
      spaceAfter: 10
    }
    return { pages: [[table]], blocks, traits: [`days-as-${daysAlong}`, "cells-beside-their-slots"] }
  }
})

/** Grids in which a lesson that begins or ends beside its slot says when, and its neighbour gives way to it. */
export const shiftedCells: ReadonlyArray<Layout> = [
  shiftedLayout("shifted-cells-down", "fitted", "columns"),
  shiftedLayout("shifted-cells-across", "unseen", "rows")
]
