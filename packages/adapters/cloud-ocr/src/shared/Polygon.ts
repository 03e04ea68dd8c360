import type { BoundingBox, Rotation } from "@timegrid/core"

/** A point of an image in pixels, x then y. */
export type Point = readonly [x: number, y: number]

/**
 * The corners of writing: top left, top right, bottom right, bottom left as the writing runs, so that they tell how it
 * is turned.
 */
export type Polygon = readonly [Point, Point, Point, Point]

/** The corners of upright writing in a box. */
export const polygonOf = ({ height, width, x, y }: BoundingBox): Polygon => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height]
]

/** The upright box around a polygon. */
export const boxOf = (polygon: Polygon): BoundingBox => {
  const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** The quarter turn that is nearest to how the writing in a polygon is turned. */
export const rotationOf = ([topLeft, topRight]: Polygon): Rotation => {
  const quarters = Math.round(Math.atan2(topRight[1] - topLeft[1], topRight[0] - topLeft[0]) / (Math.PI / 2))
  return quarters < 0 ? (quarters === -1 ? 270 : 180) : quarters === 0 ? 0 : quarters === 1 ? 90 : 180
}

/** The corners of writing that begins in one polygon and goes on in another. */
export const spanning = (first: Polygon, last: Polygon): Polygon => [first[0], last[1], last[2], first[3]]

/** A part of a polygon along its writing, from 0 to 1. */
export const partOf = ([a, b, c, d]: Polygon, from: number, to: number): Polygon => [
  between(a, b, from),
  between(a, b, to),
  between(d, c, to),
  between(d, c, from)
]

const between = ([x0, y0]: Point, [x1, y1]: Point, share: number): Point => [
  x0 + (x1 - x0) * share,
  y0 + (y1 - y0) * share
]
