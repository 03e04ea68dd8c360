import { gridLayout } from "./dayGrids.ts"
import type { Layout } from "./Layout.ts"

/** Grids that nothing draws, with the end of each time below its start. */
export const unruledClocks: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-unruled-start-over-end", "columns", {
    axis: "start-over-end",
    breakForms: ["each-day"],
    needs: { ownTimes: false },
    change: () => ({ ruled: false, joinsDays: false })
  }),
  gridLayout("days-as-columns-unruled-start-over-end-merged", "columns", {
    axis: "start-over-end",
    breakForms: ["merged"],
    needs: { ownTimes: false },
    change: () => ({ ruled: false, joinsDays: true }),
    set: "unseen"
  })
]
