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
  const byKind = new Map<number, Array<Run>>([darkLine, lightLine, lightToDark, darkToLight].map((kind) => [kind, []]))
  const kinds = new Uint8Array(gray.width)
  // A border between two colours is a line and an edge, in turns where there is noise: each is looked for by itself.
  for (let y = side; y < gray.height - side; y++) {
    if (markLines(gray, y, side, options.contrast, kinds)) collectRuns(kinds, y, gap, piece, byKind)
    if (markEdges(gray, y, options.contrast, kinds)) collectRuns(kinds, y, gap, piece, byKind)
  }
  return [...byKind].flatMap(([code, runs]) => {
    const kind = code <= lightLine ? "line" : "edge"
    return joinRuns(runs, 2).flatMap(({ runs: joined, box }) => {
      if (box.width < lengthShare[kind] * options.textHeight) return []
      const stroke = fit(joined, kind)
      // A block of runs is texture, not a stroke.
      return stroke.thickness <= 2 * side + 2 ? [stroke] : []
    })
  })
}

/** Marks what is darker or lighter than both sides; whether there is any. */
const markLines = (
  { width, data }: GrayImage,
  y: number,
  side: number,
  contrast: number,
  kinds: Uint8Array
): boolean => {
  const row = y * width
  const [above, below] = [row - side * width, row + side * width]
  let any = false
  for (let x = 0; x < width; x++) {
    const here = data[row + x]!
    const up = data[above + x]! - here
    const down = data[below + x]! - here
    let kind = nothing
    if (up > contrast) {
      if (down > contrast) kind = darkLine
    } else if (up < -contrast && down < -contrast) kind = lightLine
    kinds[x] = kind
    if (kind !== nothing) any = true
  }
  return any
}

/** Marks steps between two rows where they are steepest; on a soft edge the rows around it step as well. */
const markEdges = ({ width, data }: GrayImage, y: number, contrast: number, kinds: Uint8Array): boolean => {
  const row = y * width
  const [near, far] = [row - width, row + width]
  let any = false
  for (let x = 0; x < width; x++) {
    const step = data[near + x]! - data[far + x]!
    kinds[x] = nothing
    if (step <= contrast && step >= -contrast) continue
    const here = data[row + x]!
    const size = Math.abs(step)
    const before = Math.abs(data[near - width + x]! - here)
    const after = Math.abs(here - data[far + width + x]!)
    if (size < before || size <= after) continue
    kinds[x] = step > 0 ? lightToDark : darkToLight
    any = true
  }
  return any
}

/** The stretches of one kind on a row, bridging short gaps, that are long enough. */
const collectRuns = (
  kinds: Uint8Array,
  y: number,
  gap: number,
  piece: number,
  byKind: ReadonlyMap<number, Array<Run>>
): void => {
  let [current, from, last] = [nothing, 0, 0]
  const end = (): void => {
    if (current !== nothing && last + 1 - from >= piece) byKind.get(current)!.push({ y, from, to: last + 1 })
    current = nothing
  }
  for (let x = 0; x < kinds.length; x++) {
    const kind = kinds[x]!
    if (kind === current) {
      if (kind !== nothing) last = x
      continue
    }
    if (current !== nothing && x - last > gap) end()
    if (current === nothing && kind !== nothing) [current, from, last] = [kind, x, x]
  }
  end()
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
