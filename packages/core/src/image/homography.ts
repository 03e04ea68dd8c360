/** A projective map of the plane: nine numbers, row by row. */
export type Homography = ReadonlyArray<number>

/** A point, x then y. */
export type Point = readonly [number, number]

/** Where a point goes. */
export const project = (h: Homography, [x, y]: Point): Point => {
  const w = h[6]! * x + h[7]! * y + h[8]!
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w]
}

/**
 * The map that takes the corners of the rectangle from the origin to (width, height) to four points: top left, top
 * right, bottom right, bottom left (Heckbert 1989, square to quadrilateral).
 */
export const rectangleToQuad = (
  width: number,
  height: number,
  [p0, p1, p2, p3]: readonly [Point, Point, Point, Point]
): Homography => {
  const [sx, sy] = [p0[0] - p1[0] + p2[0] - p3[0], p0[1] - p1[1] + p2[1] - p3[1]]
  const [dx1, dy1] = [p1[0] - p2[0], p1[1] - p2[1]]
  const [dx2, dy2] = [p3[0] - p2[0], p3[1] - p2[1]]
  const determinant = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / determinant
  const h = (dx1 * sy - sx * dy1) / determinant
  return [
    (p1[0] - p0[0] + g * p1[0]) / width,
    (p3[0] - p0[0] + h * p3[0]) / height,
    p0[0],
    (p1[1] - p0[1] + g * p1[1]) / width,
    (p3[1] - p0[1] + h * p3[1]) / height,
    p0[1],
    g / width,
    h / height,
    1
  ]
}

/** The map that leads back, up to a factor, which makes no difference to where points go. */
export const inverse = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0]: Homography): Homography => [
  ...[e * i - f * h, c * h - b * i, b * f - c * e],
  ...[f * g - d * i, a * i - c * g, c * d - a * f],
  ...[d * h - e * g, b * g - a * h, a * e - b * d]
]
