/** An affine map `[a, b, c, d, e, f]`: `x' = a x + c y + e`, `y' = b x + d y + f`, as PDF writes it. */
export type Matrix = readonly [number, number, number, number, number, number]

/** The map that changes nothing. */
export const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** The map that first applies `inner`, then `outer`. */
export const compose = (outer: Matrix, inner: Matrix): Matrix => [
  outer[0] * inner[0] + outer[2] * inner[1],
  outer[1] * inner[0] + outer[3] * inner[1],
  outer[0] * inner[2] + outer[2] * inner[3],
  outer[1] * inner[2] + outer[3] * inner[3],
  outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
  outer[1] * inner[4] + outer[3] * inner[5] + outer[5]
]

/** An upright rectangle by its edges; empty when an upper edge is not above its lower one. */
export interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The smallest upright rectangle around the image of the rectangle between two corners. */
export const boundsOf = (matrix: Matrix, x0: number, y0: number, x1: number, y1: number): Bounds => {
  const [a, b, c, d, e, f] = matrix
  return {
    left: e + Math.min(a * x0, a * x1) + Math.min(c * y0, c * y1),
    right: e + Math.max(a * x0, a * x1) + Math.max(c * y0, c * y1),
    top: f + Math.min(b * x0, b * x1) + Math.min(d * y0, d * y1),
    bottom: f + Math.max(b * x0, b * x1) + Math.max(d * y0, d * y1)
  }
}

/** What two rectangles share; empty when they are apart. */
export const intersect = (one: Bounds, other: Bounds): Bounds => ({
  left: Math.max(one.left, other.left),
  top: Math.max(one.top, other.top),
  right: Math.min(one.right, other.right),
  bottom: Math.min(one.bottom, other.bottom)
})
