import stringWidth from "string-width"
import wrapAnsi from "wrap-ansi"
import type { Extraction } from "../extraction/Extraction.ts"
import { confidenceLevel, levelBounds } from "./confidenceLevel.ts"
import { printable } from "./printable.ts"
import { timeRange } from "./timeRange.ts"
import { type GridEntry, type GridRow, type WeekGrid, weekGrids } from "./weekGrid.ts"

/** What a week is drawn on. */
export interface TableOptions {
  /** Columns of the terminal. Default 100. */
  readonly widthColumns?: number
  /** Whether escape sequences may colour doubtful blocks. Default false. */
  readonly color?: boolean
}

const leastCellColumns = 6
const mostCellColumns = 28
const timeColumns = 11

/**
 * The week as a grid that fits the width: days side by side, starts from top to bottom, long names wrapped. A block of
 * a confidence below 80 ends with `?`. A width too small for a grid gives one line a block.
 */
export const toTable = (extraction: Extraction, { color = false, widthColumns = 100 }: TableOptions = {}): string => {
  const grids = weekGrids(extraction)
  if (grids.length === 0) {
    return "No timetable was found.\n"
  }
  const needsKey = [...extraction.timeblocks, ...extraction.markers].some(isDoubtful)
  const sections = [
    headingLines(extraction),
    ...grids.map((grid) => gridLines(grid, widthColumns, color)),
    needsKey ? [`? confidence below ${levelBounds.fair}`] : []
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n")
}

const headingLines = ({ metadata }: Extraction): ReadonlyArray<string> => {
  const { className, schoolName, teacher, term, year } = metadata
  const parts = [schoolName, className, teacher, term, year].flatMap((part) => (part === null ? [] : [String(part)]))
  return parts.length === 0 ? [] : [parts.map(printable).join(" · ")]
}

const gridLines = (grid: WeekGrid, widthColumns: number, color: boolean): ReadonlyArray<string> => {
  const title = grid.title === "" ? [] : [grid.title]
  // Each cell has a border and a blank on either side.
  const free = widthColumns - timeColumns - 4 - 3 * grid.days.length
  const cellColumns = Math.min(mostCellColumns, Math.floor(free / grid.days.length))
  return cellColumns < leastCellColumns
    ? [...title, ...listLines(grid)]
    : [...title, ...tableLines(grid, cellColumns, color)]
}

const listLines = ({ days, rows }: WeekGrid): ReadonlyArray<string> =>
  days.flatMap((day, index) => [
    day,
    ...rows.flatMap(({ cells, startTime }) =>
      (cells[index] ?? []).map((entry) => `  ${timeRange(startTime, entry.endTime)} ${markedName(entry)}`)
    )
  ])

const tableLines = (grid: WeekGrid, cellColumns: number, color: boolean): ReadonlyArray<string> => {
  const widths = [timeColumns, ...grid.days.map(() => cellColumns)]
  const header = ["", ...grid.days].map((day) => [day.length <= cellColumns ? day : day.slice(0, 3)])
  const border = (left: string, middle: string, right: string) =>
    left + widths.map((width) => "─".repeat(width + 2)).join(middle) + right
  return [
    border("┌", "┬", "┐"),
    ...rowLines(header, widths),
    ...grid.rows.flatMap((row) => [border("├", "┼", "┤"), ...rowLines(cellsOf(row, cellColumns, color), widths)]),
    border("└", "┴", "┘")
  ]
}

/** The lines of each cell of a row, the time's first. */
const cellsOf = (row: GridRow, cellColumns: number, color: boolean): ReadonlyArray<ReadonlyArray<string>> => [
  [timeRange(row.startTime, row.sharedEnd)],
  ...row.cells.map((entries) =>
    entries.flatMap((entry) => {
      const end = row.sharedEnd === null && entry.endTime !== null ? ` –${entry.endTime}` : ""
      const lines = wrapAnsi(`${markedName(entry)}${end}`, cellColumns, { hard: true }).split("\n")
      return color ? lines.map((line) => colored(line, entry.confidence)) : lines
    })
  )
]

const rowLines = (
  cells: ReadonlyArray<ReadonlyArray<string>>,
  widths: ReadonlyArray<number>
): ReadonlyArray<string> => {
  const height = Math.max(1, ...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) => {
    const parts = cells.map((lines, column) => padded(lines[line] ?? "", widths[column] ?? 0))
    return `│ ${parts.join(" │ ")} │`
  })
}

const padded = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - stringWidth(text)))

const isDoubtful = ({ confidence }: { readonly confidence: number }): boolean =>
  confidenceLevel(confidence) === "doubtful"

const markedName = (entry: GridEntry): string => (isDoubtful(entry) ? `${entry.name} ?` : entry.name)

const colored = (text: string, confidence: number): string => {
  const level = confidenceLevel(confidence)
  if (level === "certain") {
    return text
  }
  const code = level === "doubtful" ? 31 : 33
  return `\u001b[${code}m${text}\u001b[39m`
}
