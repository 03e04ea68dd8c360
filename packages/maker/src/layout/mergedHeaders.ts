import { gridLayout } from "./dayGrids.ts"
import type { Layout } from "./Layout.ts"

/** Grids with periods and times in two lines of headers, which breaks have in one. */
export const mergedHeaders: ReadonlyArray<Layout> = [
  gridLayout("days-as-rows-merged-break-headers", "rows", {
    axis: "period-and-range-cells",
    breakForms: ["turned-up", "each-day", "stacked"],
    change: () => ({ joinsBreakHeaders: true })
  }),
  gridLayout("days-as-columns-merged-break-headers", "columns", {
    axis: "period-and-range-cells",
    breakForms: ["merged", "each-day"],
    change: () => ({ joinsBreakHeaders: true }),
    set: "unseen"
  })
]
