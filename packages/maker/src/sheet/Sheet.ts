/** How a run of text is set; the sheet names the font. */
export interface TextStyle {
  /** Points. */
  readonly size: number
  readonly bold?: boolean
  /** `#RRGGBB`; default black. */
  readonly color?: string
}

/** Text in one style. */
export interface Run extends TextStyle {
  readonly text: string
}

/** What stands on one line until it is wrapped: runs with no line break in them. */
export type Line = ReadonlyArray<Run>

/** Lines over the whole width. */
export interface Paragraph {
  readonly kind: "paragraph"
  readonly lines: ReadonlyArray<Line>
  readonly align: "left" | "center" | "right"
  /** Points below the last line. */
  readonly spaceAfter: number
}

/** A cell at its first atomic row and column. */
export interface Cell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly lines: ReadonlyArray<Line>
  readonly align: "left" | "center"
  readonly verticalAlign: "top" | "middle"
  /** `up` is read with the head turned to the left. */
  readonly direction: "level" | "up" | "down"
  readonly fill: string | null
  /**
   * Whether the table's border is drawn around it; `level`: only above and below it, and at the ends of its row; `plumb`:
   * only beside it, and at the ends of its column.
   */
  readonly bordered: boolean | "level" | "plumb"
}

/** Cells that tile a grid; what no cell covers is empty and has no border. */
export interface Table {
  readonly kind: "table"
  /** Shares of the width. */
  readonly columnWidths: ReadonlyArray<number>
  /** Least heights in points. */
  readonly rowHeights: ReadonlyArray<number>
  readonly cells: ReadonlyArray<Cell>
  readonly border: { readonly width: number; readonly color: string } | null
  /** Whether words wider than their cell are broken, with a hyphen or without; else the text is set smaller. */
  readonly breaksWords?: "hyphen" | "anywhere"
  /** Points between a cell's edge and its text. */
  readonly padding: number
  /** Points below the table. */
  readonly spaceAfter: number
}

/** One thing below another on a page. */
export type Block = Paragraph | Table

/** What every format renders: pages of paragraphs and tables, with no positions yet. */
export interface Sheet {
  readonly widthPt: number
  readonly heightPt: number
  readonly marginPt: number
  /** `#RRGGBB` of the paper. */
  readonly paper: string
  readonly pages: ReadonlyArray<ReadonlyArray<Block>>
}

/** Lines of one style, one a text. */
export const linesOf = (texts: ReadonlyArray<string>, style: TextStyle): Array<Line> =>
  texts.map((text) => [{ text, ...style }])

/** A cell of one atomic row and column with what `parts` say otherwise: centred, level, unshaded, bordered. */
export const makeCell = (
  row: number,
  column: number,
  lines: ReadonlyArray<Line>,
  parts: Partial<Omit<Cell, "row" | "column" | "lines">> = {}
): Cell => ({
  row,
  column,
  lines,
  rowSpan: 1,
  columnSpan: 1,
  align: "center",
  verticalAlign: "middle",
  direction: "level",
  fill: null,
  bordered: true,
  ...parts
})
