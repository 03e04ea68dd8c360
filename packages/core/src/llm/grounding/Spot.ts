import type { Draft } from "../../timetable/draft.ts"
import type { Writing } from "./tokens.ts"

/** When something is, as its place on the page says. */
export type Place = Pick<Draft, "day" | "start" | "end" | "period" | "periodEnd" | "week" | "color" | "className">

/** Writing that stands together, and when that is. */
export interface Spot {
  readonly place: Place
  /** What is written, each in reading order; a text is looked for in one after the other. Words that say the day or time are not among them. */
  readonly sequences: ReadonlyArray<Writing>
}
