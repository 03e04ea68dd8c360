import Papa from "papaparse"
import type { ExtractedTimeblock, Extraction } from "../extraction/Extraction.ts"

/** The columns of {@link toCsv}, in order. */
export const csvColumns = [
  "dayOfWeek",
  "startTime",
  "endTime",
  "name",
  "notes",
  "subject",
  "room",
  "teacher",
  "week",
  "period",
  "className",
  "page",
  "confidence"
] as const satisfies ReadonlyArray<keyof ExtractedTimeblock>

/** What can be chosen of {@link toCsv}. */
export interface CsvOptions {
  /** Whether the first line names the columns; false to append to another export. Default true. */
  readonly header?: boolean
}

/**
 * The blocks as CSV of RFC 4180: one line a block, CRLF after each, null as an empty cell. Text comes from documents of
 * strangers, so what a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, tab or return) gets an
 * apostrophe before it.
 */
export const toCsv = ({ timeblocks }: Extraction, { header = true }: CsvOptions = {}): string => {
  const lines = Papa.unparse(
    { fields: [...csvColumns], data: timeblocks.map((block) => csvColumns.map((column) => block[column])) },
    { escapeFormulae: true, header, newline: "\r\n" }
  )
  return lines === "" ? "" : `${lines}\r\n`
}
