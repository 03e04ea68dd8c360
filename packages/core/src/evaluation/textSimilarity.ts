/** Text without what taste decides: case, width of characters, punctuation and white space; "&" is "and". */
export const normaliseText = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}+#]+/gu, " ")
    .trim()

const editDistance = (one: string, other: string): number => {
  let above = Uint32Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = new Uint32Array(other.length + 1)
    current[0] = row
    for (let column = 1; column <= other.length; column++) {
      const replaced = above[column - 1]! + (one[row - 1] === other[column - 1] ? 0 : 1)
      current[column] = Math.min(above[column]! + 1, current[column - 1]! + 1, replaced)
    }
    above = current
  }
  return above[other.length]!
}

/** 1 for texts that are equal after {@link normaliseText}, down to 0 for those with nothing in common. */
export const textSimilarity = (one: string, other: string): number => {
  const left = normaliseText(one)
  const right = normaliseText(other)
  const longest = Math.max(left.length, right.length)
  return longest === 0 ? 1 : 1 - editDistance(left, right) / longest
}
