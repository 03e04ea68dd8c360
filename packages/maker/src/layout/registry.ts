import { calendarCards } from "./calendar.ts"
import { combinedLayouts } from "./combined.ts"
import { dayAndTimeLists } from "./dayAndTime.ts"
import { columnGrids, furtherGrids, rowGrids } from "./dayGrids.ts"
import type { Layout } from "./Layout.ts"
import { lists } from "./lists.ts"
import { parallelLayouts } from "./parallel.ts"
import { periodKeys } from "./periodKeys.ts"
import { timeScales } from "./timeScales.ts"
import { weekCycles } from "./weekCycles.ts"

/** Every layout; ids are unique. New ones come last. */
export const layouts: ReadonlyArray<Layout> = [
  ...columnGrids,
  ...rowGrids,
  ...lists,
  ...combinedLayouts,
  calendarCards,
  ...furtherGrids,
  ...dayAndTimeLists,
  ...periodKeys,
  ...weekCycles,
  ...parallelLayouts,
  ...timeScales
]
