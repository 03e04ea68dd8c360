import type { Word } from "../document/Page.ts"

/** What each of two engines read in one place: the same words, or those that they differ about. */
export interface ReadingPair {
  readonly primary: ReadonlyArray<Word>
  readonly secondary: ReadonlyArray<Word>
}

/** A reading without its spaces, in which signs that look alike are one: dashes, quotes, full-width forms. */
export const compactReading = (words: ReadonlyArray<Pick<Word, "text">>): string =>
  words
    .map(({ text }) => text)
    .join("")
    .normalize("NFKC")
    .replace(/\s/g, "")
    .replace(/[‐-―−]/g, "-")
    .replace(/[‘’‛′`´]/g, "'")
    .replace(/[“”„″]/g, '"')

/**
 * Splits two readings of one line at the places where both have a word's end, by the alignment of their letters that
 * changes the least. Each pair is as short as can be; together they hold every word of both, in order.
 */
export const alignReadings = (
  primary: ReadonlyArray<Word>,
  secondary: ReadonlyArray<Word>
): ReadonlyArray<ReadingPair> => {
  const left = markEnds(primary)
  const right = markEnds(secondary)
  const pairs: Array<ReadingPair> = []
  let fromPrimary = 0
  let fromSecondary = 0
  for (const [i, j] of leastChange(left.letters, right.letters)) {
    const toPrimary = left.wordsBefore.get(i)
    const toSecondary = right.wordsBefore.get(j)
    if (toPrimary === undefined || toSecondary === undefined) continue
    if (toPrimary === fromPrimary && toSecondary === fromSecondary) continue
    pairs.push({
      primary: primary.slice(fromPrimary, toPrimary),
      secondary: secondary.slice(fromSecondary, toSecondary)
    })
    fromPrimary = toPrimary
    fromSecondary = toSecondary
  }
  return pairs
}

/** The letters of a reading, and at each word's end the number of words up to there. */
const markEnds = (words: ReadonlyArray<Word>) => {
  const wordsBefore = new Map<number, number>([[0, 0]])
  let letters = ""
  for (const [index, word] of words.entries()) {
    letters += compactReading([word])
    wordsBefore.set(letters.length, index + 1)
  }
  return { letters, wordsBefore }
}

/** The steps of a Levenshtein alignment from [0, 0] to both ends, as numbers of letters passed. */
const leastChange = (a: string, b: string): ReadonlyArray<readonly [number, number]> => {
  const width = b.length + 1
  // Costs from each place to the ends, so that the steps come out from the start.
  const costs = new Uint32Array((a.length + 1) * width)
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length || j === b.length) {
        costs[i * width + j] = a.length - i + (b.length - j)
        continue
      }
      const change = costs[(i + 1) * width + j + 1]! + (a[i] === b[j] ? 0 : 1)
      costs[i * width + j] = Math.min(change, costs[(i + 1) * width + j]! + 1, costs[i * width + j + 1]! + 1)
    }
  }
  const steps: Array<readonly [number, number]> = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const cost = costs[i * width + j]!
    if (i < a.length && j < b.length && costs[(i + 1) * width + j + 1]! + (a[i] === b[j] ? 0 : 1) === cost) {
      i += 1
      j += 1
    } else if (i < a.length && costs[(i + 1) * width + j]! + 1 === cost) i += 1
    else j += 1
    steps.push([i, j])
  }
  return steps
}
