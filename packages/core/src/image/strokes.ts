import { joinRuns, type Run } from "./components.ts"
import type { GrayImage } from "./gray.ts"

/** A thin long stroke or edge, nearly level: `y = intercept + slope * x`. */
export interface Stroke {
  readonly from: number
  readonly to: number
  readonly slope: number
  readonly intercept: number
  readonly thickness: number
  /** A line of its own colour, or the edge between two colours. */
  readonly kind: "line" | "edge"
}

/** What to look for; lengths are pixels. */
export interface StrokeOptions {
  /** Height of a line of writing: letters make strokes shorter than that. */
  readonly textHeight: number
  /** Levels of 256 by which a line differs from both its sides, or one side of an edge from the other. */
  readonly contrast: number
}

/** Two rows this share of the text height apart lie on either side of a thin line. */
const sideShare = 0.17
/** Gaps up to this share of the text height do not end a stroke: crossings and noise. */
const gapShare = 0.14
const pieceShare = 0.45
/** A line is longer than any bar of a letter; an edge as short may be the side of a bold letter. */
const lengthShare = { line: 1.25, edge: 1.6 }

const nothing = 0
const darkLine = 1
const lightLine = 2
const lightToDark = 3
const darkToLight = 4

/** Finds nearly level lines and edges by what differs above and below, in one pass over the rows. */
export const findStrokes = (gray: GrayImage, options: StrokeOptions): ReadonlyArray<Stroke> => {
  const side = Math.max(2, Math.round(sideShare * options.textHeight))
  const gap = Math.max(2, Math.round(gapShare * options.textHeight))
  const piece = Math.max(5, Math.round(pieceShare * options.textHeight))
  const byKind: RunsByKind = [[], [], [], [], []]
  // A border between two colours is a line and an edge, in turns where there is noise: each is looked for by itself.
  const [lines, edges] = [new RunCollector(gap, piece, byKind), new RunCollector(gap, piece, byKind)]
  const rows = inFours(gray)
  for (let y = side; y < gray.height - side; y++) {
    sweepRow(rows, y, side, options.contrast, lines, edges)
    lines.endRow(y)
    edges.endRow(y)
  }
  return byKind.flatMap((runs, code) => {
    const kind = code <= lightLine ? "line" : "edge"
    return joinRuns(runs, 2).flatMap(({ runs: joined, box }) => {
      if (box.width < lengthShare[kind] * options.textHeight) return []
      const stroke = fit(joined, kind)
      // A block of runs is texture, not a stroke.
      return stroke.thickness <= 2 * side + 2 ? [stroke] : []
    })
  })
}

/** The runs of each kind, by its number; none of `nothing`. */
type RunsByKind = ReadonlyArray<Array<Run>>

/** Puts the stretches of one kind on a row together, bridging short gaps, and keeps those that are long enough. */
class RunCollector {
  private readonly gap: number
  private readonly piece: number
  private readonly byKind: RunsByKind
  private kind = nothing
  private from = 0
  private last = 0

  constructor(gap: number, piece: number, byKind: RunsByKind) {
    this.gap = gap
    this.piece = piece
    this.byKind = byKind
  }

  /** Takes the next pixel of the row that is anything; what lies within a gap and is of another kind is passed over. */
  add(x: number, y: number, kind: number): void {
    const gapEnd = this.last + this.gap
    if (kind === this.kind && x <= gapEnd + 1) {
      this.last = x
    } else if (this.kind === nothing || x > gapEnd) {
      this.endRow(y)
      this.kind = kind
      this.from = x
      this.last = x
    }
  }

  endRow(y: number): void {
    const to = this.last + 1
    if (this.kind !== nothing && to - this.from >= this.piece) this.byKind[this.kind]!.push({ y, from: this.from, to })
    this.kind = nothing
  }
}

/** An image whose rows begin at whole numbers of four pixels, which are there as one number too. */
interface RowsInFours {
  readonly width: number
  /** Pixels from a row to the next: `width` and up to three more. */
  readonly stride: number
  readonly data: Uint8Array
  readonly fours: Uint32Array
}

const inFours = ({ data, height, width }: GrayImage): RowsInFours => {
  const stride = (width + 3) & ~3
  const padded = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    padded.set(data.subarray(y * width, (y + 1) * width), y * stride)
    padded.fill(data[(y + 1) * width - 1]!, y * stride + width, (y + 1) * stride)
  }
  return { width, stride, data: padded, fours: new Uint32Array(padded.buffer) }
}

/** Levels that are alike in these bits of each of four pixels differ by 7 at most, which is no contrast. */
const alikeBits = 0xf8f8f8f8

/**
 * Collects what is darker or lighter than both sides, and the steps between two rows where they are steepest; on a
 * soft edge the rows around it step as well. Most of a page is even ground, which is passed over by four pixels.
 */
const sweepRow = (
  { data, fours, stride, width }: RowsInFours,
  y: number,
  side: number,
  contrast: number,
  lines: RunCollector,
  edges: RunCollector
): void => {
  const row = y * stride
  const [above, below] = [row - side * stride, row + side * stride]
  const [near, far] = [row - stride, row + stride]
  for (let start = 0; start < width; start += 4) {
    const sides = fours[(row + start) >> 2]! ^ fours[(above + start) >> 2]!
    const steps = fours[(near + start) >> 2]! ^ fours[(far + start) >> 2]!
    if (((sides | steps) & alikeBits) === 0) continue
    const end = Math.min(width, start + 4)
    for (let x = start; x < end; x++) {
      const here = data[row + x]!
      const up = data[above + x]! - here
      if (up > contrast) {
        if (data[below + x]! - here > contrast) lines.add(x, y, darkLine)
      } else if (up < -contrast && data[below + x]! - here < -contrast) lines.add(x, y, lightLine)
      const step = data[near + x]! - data[far + x]!
      if (step <= contrast && step >= -contrast) continue
      const size = Math.abs(step)
      const before = Math.abs(data[near - stride + x]! - here)
      const after = Math.abs(here - data[far + stride + x]!)
      if (size >= before && size > after) edges.add(x, y, step > 0 ? lightToDark : darkToLight)
    }
  }
}

/** Least squares through the middles of the runs, each weighing what it is long. */
const fit = (runs: ReadonlyArray<Run>, kind: Stroke["kind"]): Stroke => {
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0]
  let [from, to] = [Infinity, -Infinity]
  for (const run of runs) {
    const length = run.to - run.from
    const x = (run.from + run.to - 1) / 2
    n += length
    sx += length * x
    sy += length * run.y
    // A run is a stretch, not a point: its own spread counts as well.
    sxx += length * (x * x + (length * length) / 12)
    sxy += length * x * run.y
    from = Math.min(from, run.from)
    to = Math.max(to, run.to)
  }
  const spread = sxx - (sx * sx) / n
  const slope = spread > 0 ? (sxy - (sx * sy) / n) / spread : 0
  return { from, to, slope, intercept: (sy - slope * sx) / n, thickness: n / (to - from), kind }
}
