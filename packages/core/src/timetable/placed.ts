import type { Table } from "../table/Table.ts"
import type { CellReading } from "./cellReading.ts"
import type { Hours } from "./clocks.ts"
import type { LessonText } from "./lessonText.ts"
import type { Sourced } from "./sourced.ts"
import type { TimeSlot } from "./timeSlots.ts"

/** A body cell with the days and times that its place in the grid gives it. */
export interface Placed {
  readonly reading: CellReading
  readonly lessons: ReadonlyArray<LessonText>
  readonly days: ReadonlyArray<Sourced<number>>
  readonly slots: ReadonlyArray<TimeSlot>
  /** Where the cell begins and ends along the times, in pixels. */
  readonly from: number
  readonly to: number
  readonly week: string | null
  /** The class or group whose column or row it is. */
  readonly group: string | null
}

/** What surrounds a table and holds for all of it. */
export interface TableContext {
  readonly page: number
  /** Days from the heading of the table, where its headers name none. */
  readonly days: ReadonlyArray<Sourced<number>>
  readonly within: Hours | null
  /** Where its rows and columns are known from; null for lines of text. */
  readonly origin: Table["origin"] | null
}
