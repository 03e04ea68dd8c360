import type { Bounds, Matrix } from "./matrix.ts"

/** Codes of the engine's path data: each is followed by the coordinates of its points. */
const PathCode = { moveTo: 0, lineTo: 1, curveTo: 2, quadraticCurveTo: 3, closePath: 4 } as const

/** One stroke of the pen without a gap, in pixels of the page. */
export interface Subpath {
  /** `x0, y0, x1, y1, …`; a curve gives only its end. */
  readonly points: ReadonlyArray<number>
  /** For each point: whether a curve leads to it. */
  readonly curved: ReadonlyArray<boolean>
  readonly closed: boolean
}

/** Takes the engine's path data apart and maps it to the page. */
export const subpathsOf = (data: Float32Array, matrix: Matrix): ReadonlyArray<Subpath> => {
  const [a, b, c, d, e, f] = matrix
  const subpaths: Array<Subpath> = []
  let points: Array<number> = []
  let curved: Array<boolean> = []
  const finish = (closed: boolean) => {
    if (points.length >= 4) subpaths.push({ points, curved, closed })
    points = []
    curved = []
  }
  const add = (x: number, y: number, byCurve: boolean) => {
    points.push(a * x + c * y + e, b * x + d * y + f)
    curved.push(byCurve)
  }
  for (let at = 0; at < data.length; ) {
    const code = data[at]
    if (code === PathCode.moveTo) {
      finish(false)
      add(data[at + 1]!, data[at + 2]!, false)
      at += 3
    } else if (code === PathCode.lineTo) {
      add(data[at + 1]!, data[at + 2]!, false)
      at += 3
    } else if (code === PathCode.curveTo) {
      add(data[at + 5]!, data[at + 6]!, true)
      at += 7
    } else if (code === PathCode.quadraticCurveTo) {
      add(data[at + 3]!, data[at + 4]!, true)
      at += 5
    } else {
      const startX = points[0]
      const startY = points[1]
      finish(true)
      // After closing, the pen stands where the subpath began.
      if (startX !== undefined && startY !== undefined) {
        points.push(startX, startY)
        curved.push(false)
      }
      at += 1
    }
  }
  finish(false)
  return subpaths
}

/** The smallest upright rectangle around the points of a subpath. */
export const boundsOfSubpath = ({ points }: Subpath): Bounds => {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (let at = 0; at < points.length; at += 2) {
    const x = points[at]!
    const y = points[at + 1]!
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { left, top, right, bottom }
}

/** Share of its bounding rectangle that a subpath covers when filled; 1 for an upright rectangle. */
export const coverage = ({ points }: Subpath, bounds: Bounds): number => {
  const area = (bounds.right - bounds.left) * (bounds.bottom - bounds.top)
  if (area <= 0) return 1
  let twice = 0
  const length = points.length
  for (let at = 0; at < length; at += 2) {
    const next = (at + 2) % length
    twice += points[at]! * points[next + 1]! - points[next]! * points[at + 1]!
  }
  return Math.abs(twice) / 2 / area
}

/** Calls back with each straight part of a subpath, its closing part included. */
export const forEachSegment = (
  { closed, curved, points }: Subpath,
  visit: (x0: number, y0: number, x1: number, y1: number) => void
): void => {
  for (let at = 2; at < points.length; at += 2) {
    if (!curved[at / 2]) visit(points[at - 2]!, points[at - 1]!, points[at]!, points[at + 1]!)
  }
  const last = points.length - 2
  if (closed && last >= 2) visit(points[last]!, points[last + 1]!, points[0]!, points[1]!)
}
