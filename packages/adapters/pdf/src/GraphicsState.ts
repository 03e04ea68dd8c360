import { type Bounds, identity, type Matrix } from "./matrix.ts"

/** What the reader needs of a font that the page uses. */
export interface Font {
  readonly vertical: boolean
  readonly bold: boolean
  readonly italic: boolean
  /** Above and below the base line, in em; `descent` is negative. */
  readonly ascent: number
  readonly descent: number
  /** From the width of a glyph to em. */
  readonly widthScale: number
  /** Em of what is seen for one unit of the font size; other than 1 only where glyphs are drawings (Type 3). */
  readonly emScale: number
}

/** The part of a page's drawing state that words, rules and fills depend on. Coordinates are pixels of the page. */
export class GraphicsState {
  matrix: Matrix
  clip: Bounds
  /** False where the clipping path is smaller than `clip`, which is its bounding box. */
  clipIsExact = true
  /** `#RRGGBB`, or null for patterns and shadings. */
  fillColor: string | null = "#000000"
  strokeColor: string | null = "#000000"
  fillAlpha = 1
  strokeAlpha = 1
  /** Whether paint replaces what is below, rather than mixing with it. */
  replaces = true
  lineWidth = 1

  font: Font | null = null
  fontSize = 0
  /** -1 where a negative font size turns the glyphs round. */
  direction = 1
  charSpacing = 0
  wordSpacing = 0
  horizontalScale = 1
  leading = 0
  rise = 0
  renderingMode = 0
  textMatrix: Matrix = identity
  x = 0
  y = 0
  lineX = 0
  lineY = 0

  constructor(matrix: Matrix, clip: Bounds) {
    this.matrix = matrix
    this.clip = clip
  }

  clone(): GraphicsState {
    return Object.assign(new GraphicsState(this.matrix, this.clip), this)
  }

  beginText(): void {
    this.setTextMatrix(identity)
  }

  setTextMatrix(matrix: Matrix): void {
    this.textMatrix = matrix
    this.x = this.lineX = 0
    this.y = this.lineY = 0
  }

  moveText(x: number, y: number): void {
    this.x = this.lineX += x
    this.y = this.lineY += y
  }
}
