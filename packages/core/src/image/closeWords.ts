import type { BoundingBox, Word } from "../document/Page.ts"
import { union } from "../table/geometry.ts"

/** Words of a line stand further apart than this share of its height. */
const leastSpace = 0.1
/** Where letters of both words hang together, what the reader says of their places counts, which is less exact. */
const leastBoxSpace = 0.3

/**
 * Puts words of a level line together between which no space is written: readers part letters of cursive writing that
 * stand but a little further apart than others. `pieces` are the boxes of the line's ink.
 */
export const joinCloseWords = (
  words: ReadonlyArray<Word>,
  pieces: ReadonlyArray<BoundingBox>,
  lineHeight: number
): ReadonlyArray<Word> => {
  const joined: Array<Word> = []
  for (const word of words) {
    const last = joined.at(-1)
    if (
      last &&
      isLetters(last) &&
      isLetters(word) &&
      word.box.x - (last.box.x + last.box.width) < leastBoxSpace * lineHeight &&
      spaceBetween(last, word, pieces) < leastSpace * lineHeight
    ) {
      joined[joined.length - 1] = together(last, word)
    } else joined.push(word)
  }
  return joined
}

/** Signs and digits may stand close to words. */
const isLetters = ({ text }: Word): boolean => /^\p{L}+$/u.test(text)

/** The widest stretch without ink about the place where one word ends and the next begins, in pixels. */
const spaceBetween = (left: Word, right: Word, pieces: ReadonlyArray<BoundingBox>): number => {
  const from = left.box.x + 0.5 * left.box.width
  const to = right.box.x + 0.5 * right.box.width
  let [reached, widest] = [from, 0]
  for (const { x, width } of pieces.toSorted((a, b) => a.x - b.x)) {
    if (x + width <= from) continue
    widest = Math.max(widest, Math.min(x, to) - reached)
    reached = Math.max(reached, x + width)
    if (reached >= to) break
  }
  return widest
}

const together = (left: Word, right: Word): Word => ({
  ...left,
  text: left.text + right.text,
  box: union([left.box, right.box]),
  confidence: Math.min(left.confidence, right.confidence)
})
