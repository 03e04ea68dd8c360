import { type ExtractedTimeblock, type Extraction, weekdays } from "../extraction/Extraction.ts"
import { printable } from "./printable.ts"

/** A block or marker as a grid shows it. */
export interface GridEntry {
  /** On one line. */
  readonly name: string
  /** `HH:MM`, or null for a marker or an open end. */
  readonly endTime: string | null
  /** 0 to 100. */
  readonly confidence: number
  /** Where it stands in the extraction. */
  readonly origin: { readonly list: "timeblocks" | "markers"; readonly index: number }
}

/** What begins at one time, day by day. */
export interface GridRow {
  /** `HH:MM`, or null for what has no time. */
  readonly startTime: string | null
  /** The end of every entry of the row, where all share it. */
  readonly sharedEnd: string | null
  /** One list for each of the grid's days. */
  readonly cells: ReadonlyArray<ReadonlyArray<GridEntry>>
}

/** One week of one class: days side by side, starts from top to bottom. */
export interface WeekGrid {
  /** The class and week of the cycle, or `""` where the document has one week only. */
  readonly title: string
  /** Names of weekdays, Monday first, and `"No day"` at the end where it is needed. */
  readonly days: ReadonlyArray<string>
  readonly rows: ReadonlyArray<GridRow>
}

const noDay = "No day"

interface Placed {
  readonly title: string
  readonly day: string
  readonly startTime: string | null
  readonly entry: GridEntry
}

/** The weeks of an extraction, one for each class and week of a cycle, in the order of the document. */
export const weekGrids = ({ markers, timeblocks }: Extraction): ReadonlyArray<WeekGrid> => {
  const placed: ReadonlyArray<Placed> = [
    ...timeblocks.map((block, index) => ({
      title: titleOf(block),
      day: block.dayOfWeek ?? noDay,
      startTime: block.startTime,
      entry: {
        name: printable(block.name),
        endTime: block.endTime,
        confidence: block.confidence,
        origin: { list: "timeblocks" as const, index }
      }
    })),
    ...markers.map((marker, index) => ({
      title: timeblocks[0] === undefined ? "" : titleOf(timeblocks[0]),
      day: marker.dayOfWeek ?? noDay,
      startTime: marker.time,
      entry: {
        name: `• ${printable(marker.name)}`,
        endTime: null,
        confidence: marker.confidence,
        origin: { list: "markers" as const, index }
      }
    }))
  ]
  return [...Map.groupBy(placed, ({ title }) => title)].map(([title, entries]) => weekGrid(title, entries))
}

const titleOf = ({ className, week }: ExtractedTimeblock): string =>
  [className, week === null ? null : `Week ${week}`]
    .flatMap((part) => (part === null ? [] : [printable(part)]))
    .join(", ")

const weekGrid = (title: string, placed: ReadonlyArray<Placed>): WeekGrid => {
  const days = [...weekdays, noDay].filter((day) => placed.some((entry) => entry.day === day))
  const starts = [...Map.groupBy(placed, ({ startTime }) => startTime)].sort(([a], [b]) => compareTimes(a, b))
  return { title, days, rows: starts.map(([startTime, entries]) => gridRow(startTime, entries, days)) }
}

// What has no time stands below the rest.
const compareTimes = (a: string | null, b: string | null): number => {
  const [first, second] = [a ?? "99", b ?? "99"]
  return first < second ? -1 : first > second ? 1 : 0
}

const gridRow = (startTime: string | null, placed: ReadonlyArray<Placed>, days: ReadonlyArray<string>): GridRow => {
  const ends = new Set(placed.map(({ entry }) => entry.endTime))
  return {
    startTime,
    sharedEnd: ends.size === 1 ? (placed[0]?.entry.endTime ?? null) : null,
    cells: days.map((day) => placed.filter((entry) => entry.day === day).map(({ entry }) => entry))
  }
}
