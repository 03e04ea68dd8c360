import { calendarCards } from "./calendar.ts"
import { combinedLayouts } from "./combined.ts"
import { columnGrids, rowGrids } from "./dayGrids.ts"
import type { Layout } from "./Layout.ts"
import { lists } from "./lists.ts"

/** Every layout; ids are unique. */
export const layouts: ReadonlyArray<Layout> = [...columnGrids, ...rowGrids, ...lists, ...combinedLayouts, calendarCards]
