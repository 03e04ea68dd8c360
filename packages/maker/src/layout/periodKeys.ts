import type { Block, Paragraph, Table } from "../sheet/Sheet.ts"
import { linesOf, makeCell } from "../sheet/Sheet.ts"
import { printRange } from "../week/clock.ts"
import { pickGridOptions } from "./dayGrids.ts"
import { heading } from "./furniture.ts"
import { makeGrid } from "./grid.ts"
import type { Layout, LayoutContext } from "./Layout.ts"

/** What a key says of each slot: the number of its period or the name of its break, and when it is. */
const keyOf = ({ clock, week }: LayoutContext): ReadonlyArray<readonly [what: string, when: string]> =>
  week.slots.map(({ breakName, end, period, start }) => [
    breakName ?? `${week.vocabulary.labels.period} ${period}`,
    printRange(clock, start, end)
  ])

const keyTable = (context: LayoutContext): Table => ({
  kind: "table",
  columnWidths: [1, 1, 2.5],
  rowHeights: keyOf(context).map(() => 14),
  cells: keyOf(context).flatMap((texts, row) =>
    texts.map((text, column) => makeCell(row, column, linesOf([text], context.look.body), { align: "left" }))
  ),
  border: context.look.border,
  padding: context.look.padding,
  spaceAfter: 8
})

const keyLines = (context: LayoutContext): Paragraph => ({
  kind: "paragraph",
  lines: keyOf(context).map(([what, when]) => [{ text: `${what}: ${when}`, ...context.look.secondary }]),
  align: "left",
  spaceAfter: 8
})

const keyed = (
  id: string,
  set: Layout["set"],
  daysAlong: "columns" | "rows",
  arrange: (context: LayoutContext, grid: Table) => ReadonlyArray<Block>
): Layout => ({
  id,
  set,
  orientation: "landscape",
  needs: { ownTimes: false, slotLimit: 9 },
  print: (context) => {
    const breakForm = daysAlong === "columns" ? "merged" : "turned-up"
    const options = pickGridOptions(context, daysAlong, "period-only", breakForm)
    // The key gives the periods their times, so that the truth is that of an axis of ranges.
    const { table, blocks } = makeGrid(context, { ...options, axis: { ...options.axis, kind: "range" } })
    return { pages: [arrange(context, table)], blocks, traits: [`days-as-${daysAlong}`, "period-key"] }
  }
})

/** Grids of periods with a key elsewhere on the page that says when each period is. */
export const periodKeys: ReadonlyArray<Layout> = [
  keyed("period-key-table", "fitted", "columns", (context, grid) => [
    grid,
    heading(context, context.week.vocabulary.labels.time),
    keyTable(context)
  ]),
  keyed("period-key-lines", "unseen", "rows", (context, grid) => [keyLines(context), grid])
]
