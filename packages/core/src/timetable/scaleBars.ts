import type { Word } from "../document/Page.ts"
import { median } from "../table/geometry.ts"
import type { Cell, Table } from "../table/Table.ts"
import { isPureTime, readCell } from "./cellReading.ts"
import type { Vocabulary } from "./cellText.ts"
import type { Direction } from "./headerLines.ts"
import { partOf } from "./splitHeaders.ts"
import { groupsAlong, type WordGroup } from "./wordGroups.ts"

/** So many times, evenly apart in the day and on the page, are the marks of a scale. */
const leastMarks = 4
/** A mark stands beside its place by no more than this share of the way to the next. */
const besideShare = 0.05
/** Schools count in steps of so many minutes, and a border this near to one, in minutes, is meant to be there. */
const step = 5
const atStep = 1
/** The bar is the scale of a table if this share of the borders along it stands at such minutes. */
const nearlyAll = 0.8
/** Marks may begin anew at one o'clock. */
const dial = 12 * 60

/**
 * Cuts a bar of times that nothing parts into its marks, each of which gets a border of its own. The borders that stand
 * along such a bar are those of lessons, of which there may be none where a mark is.
 */
export const partScaleBars = (table: Table, vocabulary: Vocabulary): Table => {
  for (const direction of ["columns", "rows"] as const) {
    for (const cell of table.cells) {
      const marks = marksOf(cell, table, direction, vocabulary)
      if (marks) return withMarks(table, cell, direction, marks)
    }
  }
  return table
}

/** A time printed in a bar, and where it begins. */
interface Mark {
  readonly words: ReadonlyArray<Word>
  readonly at: number
}

/** The marks of a bar, which begins at a mark, be it read or not; null where it is no scale. */
const marksOf = (
  cell: Cell,
  table: Table,
  direction: Direction,
  vocabulary: Vocabulary
): ReadonlyArray<Mark> | null => {
  const [from, span] = alongOf(cell, direction)
  if (span < 2) return null
  const groups = groupsAlong(cell.words, direction)
  const minutes = groups.length < leastMarks ? null : minutesApart(groups, cell, vocabulary)
  if (minutes === null) return null
  const [first, last] = [groups[0]!.from, groups.at(-1)!.from]
  const pace = (last - first) / (groups.length - 1)
  if (groups.some((group, i) => Math.abs(group.from - first - i * pace) > besideShare * pace)) return null
  const edges = edgesOf(table, direction).slice(from, from + span + 1)
  const isCounted = (at: number): boolean => {
    const steps = (((at - edges[0]!) / pace) * minutes) / step
    return Math.abs(steps - Math.round(steps)) * step <= atStep
  }
  if (edges.filter(isCounted).length < nearlyAll * edges.length) return null
  // Words stand near their marks; what is left in front has room for marks that were not read.
  const unread = Math.floor((first - edges[0]!) / pace)
  return groups.map(({ words }, i) => ({ words, at: edges[0]! + (unread + i) * pace }))
}

/** The minutes from each mark to the next; null where more than one differs, or where not all are single times. */
const minutesApart = (marks: ReadonlyArray<WordGroup>, cell: Cell, vocabulary: Vocabulary): number | null => {
  const times = marks.map(({ words }) => {
    const reading = readCell({ ...cell, words }, vocabulary)
    const [time] = reading.times
    return time && !time.end && isPureTime(reading) ? 60 * time.start.hour + time.start.minute : null
  })
  const read = times.filter((time) => time !== null)
  if (read.length < times.length) return null
  const distances = read.slice(1).map((time, i) => (time - read[i]! + 2 * dial) % dial)
  const usual = median(distances)!
  // One of many marks may be misread.
  const isOnScale = (from: number) =>
    read.filter((time, i) => (read[from]! + (i - from) * usual - time) % dial === 0).length >=
    Math.max(leastMarks, read.length - 1)
  return usual > 0 && (isOnScale(0) || isOnScale(1)) ? usual : null
}

/** A table with a border at each mark, unless it has one there, and its bar in parts. */
const withMarks = (table: Table, bar: Cell, direction: Direction, marks: ReadonlyArray<Mark>): Table => {
  const edges = edgesOf(table, direction)
  const near = (besideShare / 2) * (marks[1]!.at - marks[0]!.at)
  const borders = marks.map(({ at }) => edges.find((edge) => Math.abs(edge - at) <= near) ?? at)
  const all = [...new Set([...edges, ...borders])].toSorted((a, b) => a - b)
  const placed = (cell: Cell): Cell => {
    const [from, span] = alongOf(cell, direction)
    const [first, last] = [all.indexOf(edges[from]!), all.indexOf(edges[from + span]!)]
    return direction === "columns"
      ? { ...cell, columnIndex: first, columnSpan: last - first }
      : { ...cell, rowIndex: first, rowSpan: last - first }
  }
  const refined = direction === "columns" ? { ...table, columnEdges: all } : { ...table, rowEdges: all }
  const whole = placed(bar)
  const [from, span] = alongOf(whole, direction)
  const cuts = [...borders.map((border) => all.indexOf(border)), from + span]
  const before = cuts[0]! > from ? [partOf(whole, refined, direction, from, cuts[0]!, [])] : []
  const parts = marks.map(({ words }, i) => partOf(whole, refined, direction, cuts[i]!, cuts[i + 1]!, words))
  const cells = table.cells.flatMap((cell) => (cell === bar ? [...before, ...parts] : [placed(cell)]))
  return {
    ...refined,
    cells: cells.toSorted((a, b) => a.rowIndex - b.rowIndex || a.columnIndex - b.columnIndex)
  }
}

const edgesOf = ({ columnEdges, rowEdges }: Table, direction: Direction): ReadonlyArray<number> =>
  direction === "columns" ? columnEdges : rowEdges

/** Index and span of a cell along a direction. */
const alongOf = (cell: Cell, direction: Direction): readonly [index: number, span: number] =>
  direction === "columns" ? [cell.columnIndex, cell.columnSpan] : [cell.rowIndex, cell.rowSpan]
