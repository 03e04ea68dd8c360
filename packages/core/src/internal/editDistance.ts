/** Levenshtein distance of two strings, in UTF-16 units. */
export const editDistance = (a: string, b: string): number => {
  let previous = Uint32Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const current = new Uint32Array(b.length + 1)
    current[0] = i
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current[j] = Math.min(previous[j]! + 1, current[j - 1]! + 1, change)
    }
    previous = current
  }
  return previous[b.length]!
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
