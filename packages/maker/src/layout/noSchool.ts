import { gridLayout } from "./dayGrids.ts"
import type { Layout, LayoutContext } from "./Layout.ts"

const placeholderOf = ({ random, week }: LayoutContext): string =>
  random.pick(week.language === "fr" ? ["Pas de cours", "PAS DE COURS"] : ["No school", "No lesson", "NO CLASS"])

/** Grids whose empty slots say that there is no lesson. */
export const noSchoolLayouts: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-no-school", "columns", {
    axis: "range",
    breakForms: ["merged", "each-day"],
    change: (context) => ({ placeholder: placeholderOf(context) })
  }),
  gridLayout("days-as-rows-no-school", "rows", {
    axis: "range",
    breakForms: ["each-day"],
    needs: { slotLimit: 9 },
    change: (context) => ({ placeholder: placeholderOf(context) }),
    set: "unseen"
  })
]
