/** A place in pixels. */
export type Point = readonly [x: number, y: number]

/** The four corners of a quadrilateral in one turn. */
export type Corners = readonly [Point, Point, Point, Point]

/** Solves a square system by elimination with pivots; the matrix carries the right side as its last column. */
const solve = (matrix: Array<Array<number>>): Array<number> => {
  const size = matrix.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row
    }
    ;[matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!]
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const factor = matrix[row]![column]! / matrix[column]![column]!
      for (let index = column; index <= size; index++) matrix[row]![index]! -= factor * matrix[column]![index]!
    }
  }
  return matrix.map((row, index) => row[size]! / row[index]!)
}

/** The projective map that takes each corner of `from` to the one of `to`. */
export const homographyOf = (from: Corners, to: Corners): ((x: number, y: number) => Point) => {
  const equations = from.flatMap(([x, y], index) => {
    const [u, v] = to[index]!
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v]
    ]
  })
  const h = solve(equations)
  return (x, y) => {
    const depth = h[6]! * x + h[7]! * y + 1
    return [(h[0]! * x + h[1]! * y + h[2]!) / depth, (h[3]! * x + h[4]! * y + h[5]!) / depth]
  }
}
