import { linesOf } from "../table/readingOrder.ts"
import type { Table } from "../table/Table.ts"
import { isDayHeader, isTimeHeader, readCell } from "./cellReading.ts"
import type { Vocabulary } from "./cellText.ts"
import { groupsAlong } from "./wordGroups.ts"

/** So many headers side by side are a row of headers, not a list of days or a range of times. */
const leastHeaders = 3

/**
 * Whether what is drawn of a table is coarser than its grid: one cell holds a row of days or times, more of them than
 * the columns it spans. The edges of shaded headers and breaks draw such a table, although nothing parts its lessons.
 */
export const isCoarse = ({ cells, origin }: Table, vocabulary: Vocabulary): boolean =>
  origin === "drawn" &&
  cells.some((cell) =>
    linesOf(cell.words).some((line) => {
      const headers = groupsAlong(line.words, "columns")
        .map(({ words }) => readCell({ ...cell, words }, vocabulary))
        .filter((reading) => isDayHeader(reading) || isTimeHeader(reading))
      return headers.length >= leastHeaders && headers.length > cell.columnSpan
    })
  )
