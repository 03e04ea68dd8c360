import {
  type EncodedPageImage,
  type ExtractionRun,
  type ExtractionWarning,
  toCsv,
  toHtml,
  toIcs,
  toJson,
  toTable
} from "@timegrid/core"
import { explain, explainRun } from "./explain.ts"
import type { ExtractArguments } from "./parseArguments.ts"

/** Where the text of a result goes to. */
export interface Destination {
  readonly widthColumns: number
  readonly color: boolean
  /** Whether it follows the result of another file on the same stream. */
  readonly isFollowing: boolean
  /** Whether it shares its stream with the results of other files. */
  readonly isShared: boolean
}

/** The text of a result, and what its reader should be told besides. */
export interface RenderedResult {
  readonly text: string
  readonly warnings: ReadonlyArray<Pick<ExtractionWarning, "message">>
}

/** Puts an extraction into the form that the command line asks for; only a page shows the images. */
export const renderResult = (
  run: ExtractionRun,
  pageImages: ReadonlyArray<EncodedPageImage>,
  { calendar, explain: isExplained, format }: ExtractArguments,
  { color, isFollowing, isShared, widthColumns }: Destination
): RenderedResult => {
  const { extraction } = run
  const { warnings } = extraction
  switch (format) {
    case "json":
      return { text: toJson(extraction, isShared ? "line" : "pretty"), warnings }
    case "csv":
      return { text: toCsv(extraction, { header: !isFollowing }), warnings }
    case "html":
      return { text: toHtml(extraction, { pageImages }), warnings }
    case "ics": {
      if (calendar === null) {
        throw new Error("The command line was taken without its calendar.")
      }
      const calendarExport = toIcs(extraction, calendar)
      return { text: calendarExport.text, warnings: [...warnings, ...calendarExport.warnings] }
    }
    case "table": {
      const title = isShared ? `${isFollowing ? "\n" : ""}${extraction.file}\n` : ""
      const explanation = isExplained ? `\n${explainRun(run)}${explain(extraction)}` : ""
      return { text: `${title}${toTable(extraction, { widthColumns, color })}${explanation}`, warnings }
    }
  }
}
