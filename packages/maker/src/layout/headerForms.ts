import { gridLayout } from "./dayGrids.ts"
import { initialLabel } from "./dayLabels.ts"
import type { GridOptions } from "./grid.ts"
import type { Layout, LayoutContext } from "./Layout.ts"

/** Headers that say more than days and times, or less. */
export const headerForms: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-initials", "columns", {
    axis: "range",
    breakForms: ["merged", "each-day"],
    change: ({ week }) => ({ dayLabel: initialLabel(week) }),
    set: "unseen"
  }),
  gridLayout("days-as-columns-break-headers", "columns", {
    axis: "range",
    breakForms: ["each-day"],
    change: () => ({ namesBreaksInHeaders: true, placeholder: "" })
  }),
  gridLayout("days-as-rows-break-headers", "rows", {
    axis: "start-over-end",
    breakForms: ["each-day"],
    change: () => ({ namesBreaksInHeaders: true, placeholder: "" }),
    set: "unseen"
  }),
  gridLayout("days-as-rows-duty-column", "rows", {
    axis: "range",
    breakForms: ["turned-up", "each-day"],
    needs: { slotLimit: 9 },
    change: (context) => ({ aside: dutyOf(context) })
  }),
  gridLayout("days-as-columns-duty-row", "columns", {
    axis: "range",
    breakForms: ["merged", "each-day"],
    change: (context) => ({ aside: dutyOf(context) }),
    set: "unseen"
  })
]

/** Who is on duty, a name a day. */
function dutyOf({ random, week }: LayoutContext): NonNullable<GridOptions["aside"]> {
  const names = random.shuffle(week.vocabulary.teachers)
  return { title: week.vocabulary.labels.duty, textOf: (day) => names[week.days.indexOf(day) % names.length]! }
}
