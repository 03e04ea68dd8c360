import { type GridVariant, gridLayout } from "./dayGrids.ts"
import type { Layout } from "./Layout.ts"
import type { Look } from "./Look.ts"

/** Type so large that long words do not fit into their columns. */
const large = (look: Look): Look => ({ ...look, body: { ...look.body, size: look.body.size + 3 } })

const narrow = {
  axis: "start-over-end",
  orientation: "portrait",
  look: large,
  needs: { ownTimes: false }
} satisfies Partial<GridVariant>

/** Grids of narrow cells that break words over lines. */
export const brokenWords: ReadonlyArray<Layout> = [
  gridLayout("days-as-rows-hyphenated", "rows", {
    ...narrow,
    breakForms: ["turned-up"],
    change: () => ({ breaksWords: "hyphen", lessonText: "name" })
  }),
  gridLayout("days-as-rows-broken-words", "rows", {
    ...narrow,
    breakForms: ["turned-down", "stacked"],
    change: () => ({ breaksWords: "anywhere", lessonText: "name" }),
    set: "unseen"
  })
]
