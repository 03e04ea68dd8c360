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
