import type { Rule } from "../document/Page.ts"
import type { Table } from "../table/Table.ts"
import { blurRows, type GrayImage, transpose } from "./gray.ts"

/** Against noise, the image is averaged along a border over this share of the text height. */
const smoothing = 0.6
/** Levels of 256 by which a border differs from both its sides, or one side from the other. */
const leastContrast = 4
/** So much of a side has to show that contrast: writing that stands across it shows less of it. */
const shownShare = 0.75
/** A border may lie so far from the edge of the grid, and its sides are looked at so far from it, in text heights. */
const reachShare = 0.14
const sideShare = 0.3
/** What shows beside a border, up to so many text heights away, is noise; a border shows so many times as clearly. */
const aroundShare = 0.8
const overNoise = 1.5
/** Places along a border are looked at so far from each other, and not so near to its ends, in text heights. */
const stepShare = 0.3
const endShare = 0.4

/** One side of an atomic cell: a stretch of an edge of the grid. */
export interface Stretch {
  readonly orientation: Rule["orientation"]
  readonly position: number
  readonly from: number
  readonly to: number
}

/** A border with the contrast, in levels of 256, that most of it reaches. */
export interface MeasuredBorder extends Rule {
  readonly contrast: number
}

/** Every side of the atomic cells of a table. */
export const stretchesOf = ({ rowEdges, columnEdges }: Table): ReadonlyArray<Stretch> => [
  ...along("horizontal", rowEdges, columnEdges),
  ...along("vertical", columnEdges, rowEdges)
]

const along = (
  orientation: Rule["orientation"],
  edges: ReadonlyArray<number>,
  across: ReadonlyArray<number>
): ReadonlyArray<Stretch> =>
  edges.flatMap((position) => across.slice(1).map((to, i) => ({ orientation, position, from: across[i]!, to })))

/** Tells the stretches of a page along which a border shows. */
export type BorderGauge = (stretches: ReadonlyArray<Stretch>) => ReadonlyArray<MeasuredBorder>

/**
 * A gauge for the borders of a page, made once for all that is to be measured there. Measured over a whole side of a
 * cell a border stands out from any noise, however faint it is, and writing that happens to stand in a line does not.
 */
export const borderGauge = (gray: GrayImage, textHeight: number): BorderGauge => {
  const radius = Math.round((smoothing * textHeight) / 2)
  // Many pages have nothing to measure one way or both.
  const smoothed: { [orientation in Rule["orientation"]]?: GrayImage } = {}
  const smoothedAlong = (orientation: Rule["orientation"]): GrayImage =>
    (smoothed[orientation] ??= blurRows(orientation === "horizontal" ? gray : transpose(gray), radius))
  return (stretches) =>
    stretches.flatMap((stretch) => {
      const border = borderAt(smoothedAlong(stretch.orientation), stretch, textHeight)
      return border === null ? [] : [{ ...stretch, ...border, thickness: 1 }]
    })
}

/** Where the border along a stretch is and how clear, or null where there is none. */
const borderAt = (
  smooth: GrayImage,
  { position, from, to }: Stretch,
  textHeight: number
): Pick<MeasuredBorder, "position" | "contrast"> | null => {
  const side = Math.max(2, Math.round(sideShare * textHeight))
  const reach = Math.max(1, Math.round(reachShare * textHeight))
  const middle = Math.round(position)
  const around = reach + side + Math.round(aroundShare * textHeight)
  let [contrast, at, noise] = [leastContrast, -1, 0]
  for (let y = Math.max(side, middle - around); y <= Math.min(smooth.height - 1 - side, middle + around); y++) {
    const [line, edge] = contrastsAlong(smooth, y, from, to, side, textHeight)
    const shown = Math.max(shownContrast(line), shownContrast(edge))
    const away = Math.abs(y - middle)
    if (away > reach + side) noise = Math.max(noise, shown)
    else if (away <= reach && shown > contrast) [contrast, at] = [shown, y]
  }
  return at < 0 || contrast < overNoise * noise ? null : { position: at, contrast }
}

/** At places along a row, what it is lighter than both its sides, and what its lower side is darker than the upper. */
const contrastsAlong = (
  { width, data }: GrayImage,
  y: number,
  from: number,
  to: number,
  side: number,
  textHeight: number
): readonly [line: Int16Array, edge: Int16Array] => {
  const end = Math.min(endShare * textHeight, (to - from) / 4)
  const step = Math.max(2, Math.round(stepShare * textHeight))
  const first = Math.max(0, Math.round(from + end))
  const count = Math.ceil((Math.min(width, to - end) - first) / step)
  if (count < leastPlaces) return [new Int16Array(0), new Int16Array(0)]
  const [line, edge] = [new Int16Array(count), new Int16Array(count)]
  for (let i = 0, x = first; i < count; i++, x += step) {
    const here = data[y * width + x]!
    const up = here - data[(y - side) * width + x]!
    const down = here - data[(y + side) * width + x]!
    line[i] = up > 0 && down > 0 ? Math.min(up, down) : up < 0 && down < 0 ? Math.max(up, down) : 0
    edge[i] = down - up
  }
  return [line, edge]
}

/** Fewer places tell nothing. */
const leastPlaces = 4

/** The contrast that most places reach, whichever sign it has; 0 for none. */
const shownContrast = (contrasts: Int16Array): number => {
  if (contrasts.length === 0) return 0
  const sorted = contrasts.toSorted()
  const at = Math.floor((1 - shownShare) * (sorted.length - 1))
  return Math.max(sorted[at]!, -sorted[sorted.length - 1 - at]!)
}
