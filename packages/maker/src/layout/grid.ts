import type { TruthBlock, Weekday } from "@timegrid/core"
import { type Cell, type Line, linesOf, makeCell, type Table } from "../sheet/Sheet.ts"
import { hhmm, printRange } from "../week/clock.ts"
import type { Lesson } from "../week/SchoolWeek.ts"
import { type BreakForm, breakCells } from "./breakCells.ts"
import type { DayLabel } from "./dayLabels.ts"
import type { LayoutContext } from "./Layout.ts"
import { fillOf } from "./Look.ts"
import { type LessonText, writeLesson } from "./lessonText.ts"
import { type TimeAxis, truthOfSlots } from "./timeAxis.ts"

/** How a week is set out as a grid of days against times. */
export interface GridOptions {
  readonly daysAlong: "columns" | "rows"
  readonly axis: TimeAxis
  readonly dayLabel: DayLabel
  readonly dayDirection: Cell["direction"]
  readonly breakForm: BreakForm
  /** Whether the headers of breaks print their times. */
  readonly printsBreakTimes: boolean
  readonly lessonText: LessonText
  /** What an empty slot holds: "" or a placeholder such as "***". */
  readonly placeholder: string
  /** Whether one cell holds what all days share. */
  readonly joinsDays: boolean
  /** The label of a line of its own for breaks and for what all days share, which days then leave empty; null: none. */
  readonly routineLabel: string | null
  /** Whether rules are drawn. */
  readonly ruled: boolean
  /** Whether plumb borders part the headers of the first row; else they stand in one bar. Default true. */
  readonly rulesHeaders?: boolean
  /** Whether level borders part the headers of the first column; else they stand in one bar. Default true. */
  readonly rulesFirstColumn?: boolean
  /** Whether the headers of breaks name them, over days that are left empty. Default false. */
  readonly namesBreaksInHeaders?: boolean
  /** Whether the two header cells of a break are one. Default false. */
  readonly joinsBreakHeaders?: boolean
  /** What stands beyond the last time and is no lesson, such as who is on duty each day; default nothing. */
  readonly aside?: { readonly title: string; readonly textOf: (day: Weekday) => string }
  /** How words are broken that are wider than their cell; default they are set smaller. */
  readonly breaksWords?: Table["breaksWords"]
  /** Marks each block of the truth, such as the class it belongs to. */
  readonly mark: Partial<TruthBlock>
}

/** A grid with what a careful reader takes off it. */
export interface PrintedGrid {
  readonly table: Table
  /** Breaks first, then lessons day by day. */
  readonly blocks: ReadonlyArray<TruthBlock>
}

/** A cell by slots and lines: a line is a day, or before the days the routine. Which of them are rows, the grid says. */
interface GridCell {
  readonly slot: number
  readonly slotSpan: number
  readonly line: number
  readonly lineSpan: number
  readonly lines: ReadonlyArray<Line>
  readonly parts?: Partial<Pick<Cell, "fill" | "direction">>
}

const gridCell = (slot: number, line: number, lines: ReadonlyArray<Line>, parts: Partial<GridCell> = {}): GridCell => ({
  slot,
  slotSpan: 1,
  line,
  lineSpan: 1,
  lines,
  ...parts
})

/** Lines before the first day. */
const routineDepth = (options: GridOptions): number => (options.routineLabel === null ? 0 : 1)

const placed = ({ daysAlong, axis }: GridOptions, { slot, slotSpan, line, lineSpan, lines, parts }: GridCell): Cell =>
  daysAlong === "rows"
    ? makeCell(axis.depth + line, 1 + slot, lines, { columnSpan: slotSpan, rowSpan: lineSpan, ...parts })
    : makeCell(1 + slot, axis.depth + line, lines, { rowSpan: slotSpan, columnSpan: lineSpan, ...parts })

const headerCells = ({ look, week }: LayoutContext, options: GridOptions): Array<Cell> => {
  const { axis } = options
  const isRows = options.daysAlong === "rows"
  /** How the header in a row and column is bordered. */
  const barOf = (row: number, column: number): Cell["bordered"] => {
    if (row === 0 && options.rulesHeaders === false) return "level"
    return column === 0 && options.rulesFirstColumn === false ? "plumb" : true
  }
  /** `depth` counts the header cells of a slot, `along` runs with the slots from the corner. */
  const axisCell = (depth: number, along: number, lines: ReadonlyArray<Line>, span = 1) =>
    makeCell(isRows ? depth : along, isRows ? along : depth, lines, {
      fill: look.headerFill,
      bordered: isRows ? barOf(depth, along) : barOf(along, depth),
      ...(isRows ? { rowSpan: span } : { columnSpan: span })
    })
  const lineCell = (line: number, text: string, direction: Cell["direction"]) =>
    makeCell(isRows ? axis.depth + line : 0, isRows ? 0 : axis.depth + line, linesOf([text], look.header), {
      fill: look.headerFill,
      bordered: isRows ? barOf(1, 0) : barOf(0, 1),
      direction
    })
  const corners = axis.corners.map((corner, depth) => axisCell(depth, 0, linesOf([corner], look.header)))
  const times = week.slots.flatMap((slot, index) => {
    const isSilent = slot.breakName !== null && !options.printsBreakTimes
    const named = options.namesBreaksInHeaders && slot.breakName !== null ? linesOf([slot.breakName], look.header) : []
    const headers = axis.headersOf(slot)
    if (options.joinsBreakHeaders && slot.breakName !== null)
      return [axisCell(0, 1 + index, isSilent ? [] : headers.flat(), axis.depth)]
    return headers.map((lines, depth) =>
      axisCell(depth, 1 + index, [...(isSilent ? [] : lines), ...(depth === axis.depth - 1 ? named : [])])
    )
  })
  const aside = options.aside
    ? axis.corners.map((_, depth) =>
        axisCell(depth, 1 + week.slots.length, depth === 0 ? linesOf([options.aside!.title], look.header) : [])
      )
    : []
  const routine = options.routineLabel === null ? [] : [lineCell(0, options.routineLabel, "level")]
  const days = week.days.map((day, index) =>
    lineCell(routineDepth(options) + index, options.dayLabel(day), isRows ? options.dayDirection : "level")
  )
  return [...corners, ...times, ...aside, ...routine, ...days]
}

const breakGridCells = ({ look, week }: LayoutContext, options: GridOptions): Array<GridCell> =>
  week.slots.flatMap(({ breakName }, slot) => {
    if (breakName === null) return []
    const parts = { fill: look.breakFill }
    if (options.namesBreaksInHeaders) return week.days.map((_, index) => gridCell(slot, index, [], { parts }))
    if (options.routineLabel !== null) {
      const empty = week.days.map((_, index) => gridCell(slot, 1 + index, []))
      return [gridCell(slot, 0, linesOf([breakName], look.body), { parts }), ...empty]
    }
    return breakCells(options.breakForm, breakName, week.days.length).map(({ firstDay, daySpan, lines, direction }) =>
      gridCell(slot, firstDay, linesOf(lines, look.body), { lineSpan: daySpan, parts: { ...parts, direction } })
    )
  })

const lessonLines = ({ clock, look }: LayoutContext, options: GridOptions, lesson: Lesson): ReadonlyArray<Line> => {
  const { lines } = writeLesson(options.lessonText, lesson, look)
  if (!lesson.hasOwnTime) return lines
  return [[{ text: printRange(clock, lesson.start, lesson.end), ...look.secondary }], ...lines]
}

const lessonGridCells = (context: LayoutContext, options: GridOptions): Array<GridCell> => {
  const { look, week } = context
  const depth = routineDepth(options)
  return week.lessons.flatMap((lesson) => {
    const lines = lessonLines(context, options, lesson)
    const slotSpan = lesson.lastSlot - lesson.firstSlot + 1
    const parts = { fill: fillOf(look, lesson.name) }
    const line = depth + week.days.indexOf(lesson.day)
    if (lesson.everyDay && (options.joinsDays || depth > 0)) {
      if (line > depth) return []
      return depth > 0
        ? [gridCell(lesson.firstSlot, 0, lines)]
        : [gridCell(lesson.firstSlot, 0, lines, { lineSpan: week.days.length, parts })]
    }
    return [gridCell(lesson.firstSlot, line, lines, { slotSpan, parts })]
  })
}

const asideGridCells = ({ look, week }: LayoutContext, { aside, ...options }: GridOptions): Array<GridCell> =>
  aside
    ? week.days.map((day, index) =>
        gridCell(
          week.slots.length,
          routineDepth({ ...options, aside }) + index,
          linesOf([aside.textOf(day)], look.secondary)
        )
      )
    : []

/** A cell for every place that `taken` leaves open: a placeholder, or nothing where the routine speaks for the day. */
const emptyGridCells = (
  { look, week }: LayoutContext,
  options: GridOptions,
  taken: ReadonlyArray<GridCell>
): Array<GridCell> => {
  const lineCount = routineDepth(options) + week.days.length
  const isTaken = new Set(
    taken.flatMap((cell) =>
      Array.from({ length: cell.slotSpan * cell.lineSpan }, (_, index) => {
        const slot = cell.slot + (index % cell.slotSpan)
        return slot * lineCount + cell.line + Math.floor(index / cell.slotSpan)
      })
    )
  )
  const placeholder = options.placeholder === "" ? [] : linesOf([options.placeholder], look.body)
  return week.slots.flatMap((_, slot) =>
    Array.from({ length: lineCount }, (_, line) => line)
      .filter((line) => !isTaken.has(slot * lineCount + line))
      .map((line) => gridCell(slot, line, placeholder))
  )
}

const truthOf = ({ look, week }: LayoutContext, options: GridOptions): Array<TruthBlock> => {
  const { axis, mark } = options
  const at = (day: Weekday, first: number, last: number) => ({ day, ...truthOfSlots(axis, week.slots, first, last) })
  const silent = options.printsBreakTimes ? {} : { startInferred: true, endInferred: true }
  const breaks = week.slots.flatMap(({ breakName }, slot) =>
    breakName === null
      ? []
      : week.days.map((day) => ({ ...at(day, slot, slot), name: breakName, notes: null, ...silent, ...mark }))
  )
  const lessons = week.lessons.map((lesson) => {
    const { notes } = writeLesson(options.lessonText, lesson, look)
    const { day, name, start, end } = lesson
    const block = { ...at(day, lesson.firstSlot, lesson.lastSlot), name, notes, ...mark }
    return lesson.hasOwnTime
      ? { ...block, start: hhmm(start), end: hhmm(end), endInferred: false, endUnknown: false }
      : block
  })
  return [...breaks, ...lessons]
}

/** The grid of a week with its truth. */
export const makeGrid = (context: LayoutContext, options: GridOptions): PrintedGrid => {
  const { look, week } = context
  const taken = [...breakGridCells(context, options), ...lessonGridCells(context, options)]
  const free = emptyGridCells(context, options, taken)
  const content = [...taken, ...free, ...asideGridCells(context, options)].map((cell) => placed(options, cell))
  const holdsWholeNames =
    options.routineLabel !== null || options.namesBreaksInHeaders || ["merged", "each-day"].includes(options.breakForm)
  const breakShare = holdsWholeNames ? 0.8 : 0.4
  const sizes =
    options.daysAlong === "rows"
      ? {
          columnWidths: [
            options.dayDirection === "level" ? 0.85 : 0.35,
            ...week.slots.map(({ breakName }) => (breakName === null ? 1 : breakShare)),
            ...(options.aside ? [1] : [])
          ],
          rowHeights: [
            ...options.axis.corners.map(() => 16),
            ...Array.from({ length: routineDepth(options) + week.days.length }, () => 44)
          ]
        }
      : {
          columnWidths: [
            ...options.axis.corners.map(() => (options.axis.depth === 2 ? 0.55 : 0.8)),
            ...Array.from({ length: routineDepth(options) }, () => 1),
            ...week.days.map(() => 1)
          ],
          rowHeights: [
            18,
            ...week.slots.map(({ breakName }) => (breakName === null ? 30 : 18)),
            ...(options.aside ? [18] : [])
          ]
        }
  const table: Table = {
    kind: "table",
    ...sizes,
    cells: [...headerCells(context, options), ...content],
    border: options.ruled ? look.border : null,
    padding: look.padding,
    spaceAfter: 10,
    ...(options.breaksWords ? { breaksWords: options.breaksWords } : {})
  }
  return { table, blocks: truthOf(context, options) }
}
