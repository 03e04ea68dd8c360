import type { Word } from "../document/Page.ts"
import type { StatedCell } from "../table/statedTable.ts"

/** A table as an engine states it. */
export interface OcrTable {
  /** Rows and columns as the writing runs, also where the page lies on a side; boxes are pixels of the image. */
  readonly cells: ReadonlyArray<StatedCell>
}

/** A whole page as an engine reads it. */
export interface OcrPage {
  readonly words: ReadonlyArray<Word>
  readonly tables: ReadonlyArray<OcrTable>
}
