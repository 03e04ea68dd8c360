/**
 * The one-to-one pairing of rows and columns with the least total cost, by the Hungarian algorithm with potentials in
 * O(n³). `cost` is square; the result holds the column of each row.
 */
export const cheapestAssignment = (cost: ReadonlyArray<ReadonlyArray<number>>): Array<number> => {
  const size = cost.length
  // Rows and columns count from 1: column 0 stands for the row that is being placed.
  const rowPotential = new Float64Array(size + 1)
  const columnPotential = new Float64Array(size + 1)
  const rowOfColumn = new Int32Array(size + 1)
  const previousColumn = new Int32Array(size + 1)
  for (let row = 1; row <= size; row++) {
    rowOfColumn[0] = row
    const slack = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY)
    const visited = new Uint8Array(size + 1)
    let column = 0
    do {
      visited[column] = 1
      const visitedRow = rowOfColumn[column]!
      let step = Number.POSITIVE_INFINITY
      let nearest = 0
      for (let candidate = 1; candidate <= size; candidate++) {
        if (visited[candidate]) continue
        const reduced = cost[visitedRow - 1]![candidate - 1]! - rowPotential[visitedRow]! - columnPotential[candidate]!
        if (reduced < slack[candidate]!) {
          slack[candidate] = reduced
          previousColumn[candidate] = column
        }
        if (slack[candidate]! < step) {
          step = slack[candidate]!
          nearest = candidate
        }
      }
      for (let candidate = 0; candidate <= size; candidate++) {
        if (visited[candidate]) {
          rowPotential[rowOfColumn[candidate]!]! += step
          columnPotential[candidate]! -= step
        } else slack[candidate]! -= step
      }
      column = nearest
    } while (rowOfColumn[column] !== 0)
    do {
      const before = previousColumn[column]!
      rowOfColumn[column] = rowOfColumn[before]!
      column = before
    } while (column !== 0)
  }
  const columnOfRow = new Array<number>(size).fill(-1)
  for (let column = 1; column <= size; column++) columnOfRow[rowOfColumn[column]! - 1] = column - 1
  return columnOfRow
}
