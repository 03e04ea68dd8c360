/** How filters are compared with rows. */
import type { Row } from "../EntityTable.ts"
import type { Matches } from "./memoryRepository.ts"

type Wants<Filter> = {
  readonly [Name in keyof Filter & string]-?: (row: Row, wanted: NonNullable<Filter[Name]>) => boolean
}

/** A row matches when each field that the filter has is content with it. */
export const matching =
  <Filter extends object>(wants: Wants<Filter>): Matches<Filter> =>
  (row, filter) =>
    Object.entries(filter).every(([name, wanted]) => {
      // Filters were parsed: they have the fields of their type alone.
      const want = wants[name as keyof Filter & string]
      return wanted === undefined || want(row, wanted)
    })

/** The column has the value. */
export const equal =
  (column: string) =>
  (row: Row, wanted: unknown): boolean =>
    row[column] === wanted

/** The column has one of the values. */
export const oneOf =
  (column: string) =>
  (row: Row, wanted: ReadonlyArray<unknown>): boolean =>
    wanted.includes(row[column])

/** The column is of an earlier moment; a null is of none. */
export const before =
  (column: string) =>
  (row: Row, wanted: string): boolean => {
    const moment = row[column]
    return moment instanceof Date && moment.getTime() < Date.parse(wanted)
  }

/** The columns have all words of the text, whole and in any case; no text without words matches. */
export const words =
  (...columns: ReadonlyArray<string>) =>
  (row: Row, wanted: string): boolean => {
    const found = new Set(columns.flatMap((column) => wordsOf(String(row[column] ?? ""))))
    const asked = wordsOf(wanted)
    return asked.length > 0 && asked.every((word) => found.has(word))
  }

const wordsOf = (text: string): ReadonlyArray<string> => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
