import { contains, middleX, middleY } from "../table/geometry.ts"
import type { Table } from "../table/Table.ts"
import type { WritingLine } from "./writing.ts"

/** The lines in the first row and the first column of each table, where most timetables name their days. */
export const headerLines = (
  lines: ReadonlyArray<WritingLine>,
  tables: ReadonlyArray<Pick<Table, "box" | "columnEdges" | "rowEdges">>
): ReadonlyArray<WritingLine> =>
  lines.filter(({ box }) => {
    const [x, y] = [middleX(box), middleY(box)]
    return tables.some(
      (table) =>
        contains(table.box, x, y) && (x < (table.columnEdges[1] ?? Infinity) || y < (table.rowEdges[1] ?? Infinity))
    )
  })
