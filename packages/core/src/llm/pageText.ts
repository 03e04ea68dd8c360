import type { Page } from "../document/Page.ts"
import { drawnTables } from "../table/drawnTables.ts"
import { linesOf } from "../table/readingOrder.ts"
import type { Cell } from "../table/Table.ts"
import { statementsOf } from "../timetable/headings.ts"
import { visible } from "./fence.ts"

/** The writing of a page for a reader without eyes: what stands loose line by line, then the tables cell by cell. */
export const pageText = (page: Page): string => {
  const tables = page.tables ?? drawnTables(page)
  const inTables = new Set(tables.flatMap(({ cells }) => cells.flatMap(({ words }) => words)))
  const loose = linesOf(page.words.filter((word) => !inTables.has(word))).map(({ words }) =>
    statementsOf(words)
      .map(({ text }) => text)
      .join(" | ")
  )
  const drawn = tables.map(({ cells }, index) =>
    [`Table ${index + 1}`, ...cells.filter(({ words }) => words.length > 0).map(cellLine)].join("\n")
  )
  return visible([...loose, ...drawn].join("\n"))
}

const cellLine = (cell: Cell): string => {
  const lines = linesOf(cell.words).map(({ text }) => text)
  const row = span("row", cell.rowIndex, cell.rowSpan)
  return `${row}, ${span("column", cell.columnIndex, cell.columnSpan)}: ${lines.join(" / ")}`
}

const span = (name: string, index: number, length: number): string =>
  length === 1 ? `${name} ${index + 1}` : `${name}s ${index + 1}-${index + length}`
