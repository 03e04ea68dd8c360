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
    readCell(cell, vocabulary).text.lines.some((line) => {
      const isEnough = (count: number): boolean => count >= leastHeaders && count > cell.columnSpan
      const groups = groupsAlong(line.words, "columns")
      if (!isEnough(groups.length)) return false
      const headers = groups
        .map(({ words }) => readCell({ ...cell, words }, vocabulary))
        .filter((reading) => isDayHeader(reading) || isTimeHeader(reading))
      return isEnough(headers.length)
    })
  )
