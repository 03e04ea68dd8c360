/** Text at its place: `x` and `y` are the start of its baseline in points from the top left of the page. */
export interface DrawnText {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly bold: boolean
  readonly color: string
  /** Degrees clockwise: 90 reads downwards, 270 upwards. */
  readonly rotation: 0 | 90 | 270
}

/** A straight line in points. */
export interface DrawnRule {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly width: number
  readonly color: string
}

/** A filled rectangle in points. */
export interface DrawnFill {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly color: string
}

/** One page with everything at its place: fills below rules below texts. */
export interface DrawnPage {
  readonly widthPt: number
  readonly heightPt: number
  /** Where the last block ends. */
  readonly contentHeightPt: number
  readonly paper: string
  readonly fills: ReadonlyArray<DrawnFill>
  readonly rules: ReadonlyArray<DrawnRule>
  readonly texts: ReadonlyArray<DrawnText>
}
