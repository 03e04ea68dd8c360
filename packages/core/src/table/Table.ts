import type { BoundingBox, Word } from "../document/Page.ts"

/** One cell of a table, after joining what no border separates. */
export interface Cell {
  /** From 0, counted in the table's atomic rows and columns. */
  readonly rowIndex: number
  readonly columnIndex: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly box: BoundingBox
  /** The words whose middle lies in the cell, in reading order. */
  readonly words: ReadonlyArray<Word>
  /** `#RRGGBB`, or null where the cell is not shaded. */
  readonly fill: string | null
}

/** A table of one page: cells tile its grid of atomic rows and columns. */
export interface Table {
  readonly pageNumber: number
  readonly box: BoundingBox
  /** x of the atomic column borders from left to right: one more than there are columns. */
  readonly columnEdges: ReadonlyArray<number>
  /** y of the atomic row borders from top to bottom: one more than there are rows. */
  readonly rowEdges: ReadonlyArray<number>
  /** In order of row, then column. */
  readonly cells: ReadonlyArray<Cell>
  /** Whether the format, or the engine that read the page, states the table, rules and fills draw it, or only the words align. */
  readonly origin: "native" | "drawn" | "aligned"
}
