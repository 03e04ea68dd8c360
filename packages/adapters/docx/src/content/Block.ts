import type { Rotation, WordStyle } from "@timegrid/core"
import type { ParagraphFormat } from "../style/formats.ts"
import type { ResolvedGrid } from "./resolveGrid.ts"

/** A piece of a line: text in one style, or a jump to the next tab stop. */
export type Inline =
  | { readonly kind: "text"; readonly text: string; readonly style: WordStyle }
  | { readonly kind: "tab" }

/** A paragraph: one line, and one more for each break inside it. */
export interface Paragraph {
  readonly kind: "paragraph"
  readonly lines: ReadonlyArray<ReadonlyArray<Inline>>
  readonly format: ParagraphFormat
  /** Of an empty line, in pixels. */
  readonly fontSizePx: number
}

/** A picture in the flow. */
export interface Picture {
  readonly kind: "picture"
  readonly widthPx: number
  readonly heightPx: number
  /** Of the relationship to its file; null where it is not in the document. */
  readonly relationshipId: string | null
}

/** What a table's cell holds. */
export interface CellContent {
  readonly blocks: ReadonlyArray<Block>
  readonly rotation: Rotation
  /** `#RRGGBB`, or null where the cell is not shaded. */
  readonly fill: string | null
}

/** A table whose cells stand in its grid. */
export interface TableBlock {
  readonly kind: "table"
  readonly grid: ResolvedGrid<CellContent>
  /** What each row is at least high, in pixels. */
  readonly leastRowHeightsPx: ReadonlyArray<number>
  readonly indentPx: number
}

/** What stands below one another in a page, a header, a text box or a cell. */
export type Block = Paragraph | Picture | TableBlock
