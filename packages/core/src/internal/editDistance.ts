/** Levenshtein distance of two strings, in UTF-16 units. */
export const editDistance = (a: string, b: string): number => {
  // One row of the table, whose entries become those of the next one by one.
  const row = new Uint32Array(b.length + 1)
  for (let j = 1; j <= b.length; j++) row[j] = j
  for (let i = 1; i <= a.length; i++) {
    let diagonal = i - 1
    row[0] = i
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!
      const change = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? diagonal : diagonal + 1
      row[j] = Math.min(change, above + 1, row[j - 1]! + 1)
      diagonal = above
    }
  }
  return row[b.length]!
}

/**
 * Whether two strings are at most so many edits apart. Much quicker than {@link editDistance} for the few edits of a
 * misread word, and slower with every one more.
 */
export const isWithinEdits = (a: string, b: string, most: number): boolean =>
  Math.abs(a.length - b.length) <= most && restIsWithin(a, 0, b, 0, most)

const restIsWithin = (a: string, fromA: number, b: string, fromB: number, most: number): boolean => {
  let [i, j] = [fromA, fromB]
  while (i < a.length && j < b.length && a[i] === b[j]) {
    i++
    j++
  }
  if (i === a.length || j === b.length) return a.length - i + b.length - j <= most
  return (
    most > 0 &&
    (restIsWithin(a, i + 1, b, j + 1, most - 1) ||
      restIsWithin(a, i + 1, b, j, most - 1) ||
      restIsWithin(a, i, b, j + 1, most - 1))
  )
}
