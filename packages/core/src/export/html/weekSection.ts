import { confidenceLevel } from "../confidenceLevel.ts"
import { timeRange } from "../timeRange.ts"
import type { GridEntry, WeekGrid } from "../weekGrid.ts"
import { confidenceMark } from "./confidenceMark.ts"
import { type Item, itemId } from "./Item.ts"
import { html, type Insert, type Markup } from "./markup.ts"

/**
 * A week as an ARIA grid: days side by side, starts from top to bottom. A block reaches down over the starts that lie
 * within it, as far as nothing else stands there.
 */
export const weekSection = (grid: WeekGrid, items: ReadonlyMap<string, Item>): Markup => {
  const { days, rows, title } = grid
  /** For each day the first row that no block reaches into from above. */
  const free = days.map(() => 0)
  const bodyRows = rows.map((row, rowIndex) => {
    const cells = row.cells.map((entries, column) => {
      if (rowIndex < (free[column] ?? 0)) {
        return null
      }
      const span = rowSpan(grid, rowIndex, column)
      free[column] = rowIndex + span
      const buttons = entries.flatMap((entry) => {
        const item = items.get(itemId(entry.origin))
        return item === undefined ? [] : [entryButton(entry, item, row.sharedEnd, rowIndex, column)]
      })
      return html`<td role="gridcell" rowspan="${span}">${buttons}</td>`
    })
    return html`<tr role="row"><th role="rowheader" scope="row">${rowTime(row.startTime, row.sharedEnd)}</th>${cells}</tr>
`
  })
  return html`<section class="week">${title === "" ? null : html`<h3>${title}</h3>`}
<div class="scroller"><table role="grid" aria-label="${title === "" ? "Week" : title}">
<thead><tr role="row"><th role="columnheader" scope="col"><span class="unseen">Time</span></th>${days.map(
    (day) => html`<th role="columnheader" scope="col">${day}</th>`
  )}</tr></thead>
<tbody>
${bodyRows}</tbody>
</table></div></section>
`
}

/** Rows that the cell takes up: its own, and those below that begin before its last block ends and hold nothing. */
const rowSpan = ({ rows }: WeekGrid, rowIndex: number, column: number): number => {
  const entries = rows[rowIndex]?.cells[column] ?? []
  const end = entries.reduce((latest, { endTime }) => (endTime !== null && endTime > latest ? endTime : latest), "")
  const next = rows.findIndex(
    ({ cells, startTime }, index) =>
      index > rowIndex && (startTime === null || startTime >= end || (cells[column] ?? []).length > 0)
  )
  return (next === -1 ? rows.length : next) - rowIndex
}

const rowTime = (startTime: string | null, sharedEnd: string | null): Insert => [
  timeRange(startTime, null),
  sharedEnd === null ? null : html`<span class="until">–${sharedEnd}</span>`
]

const entryButton = (
  { confidence, endTime }: GridEntry,
  { color, details, id, name, time }: Item,
  sharedEnd: string | null,
  rowIndex: number,
  column: number
): Markup => {
  const isMarker = id.startsWith("markers")
  const ownEnd = sharedEnd === null && endTime !== null ? `–${endTime}` : null
  const lines = [ownEnd, ...details].flatMap((line) =>
    line === null ? [] : [html`<span class="detail">${line}</span>`]
  )
  const swatch =
    color === null
      ? null
      : html`<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="${color}"/></svg>`
  return html`<button type="button" class="entry ${confidenceLevel(confidence)}${isMarker ? " marker" : ""}" data-item="${id}" data-row="${rowIndex}" data-column="${column}" aria-pressed="false"><span class="name">${name}</span><span class="unseen">, ${time}</span>${lines}<span>${confidenceMark(confidence)}${swatch}</span></button>`
}
