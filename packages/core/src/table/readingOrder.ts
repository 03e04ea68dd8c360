import type { BoundingBox, Rotation, Word } from "../document/Page.ts"
import { median, overlap, union } from "./geometry.ts"

/** Words that stand on one line of writing, in reading order. */
export interface Line {
  readonly words: ReadonlyArray<Word>
  readonly box: BoundingBox
  readonly rotation: Rotation
  /** Words joined by spaces. */
  readonly text: string
}

/** The words of a cell or page as lines, in reading order; turned writing forms lines along its own direction. */
export const linesOf = (words: ReadonlyArray<Word>): ReadonlyArray<Line> => {
  const byRotation = Map.groupBy(words, ({ rotation }) => rotation)
  const lines = [...byRotation].flatMap(([rotation, group]) => linesAlong(group, rotation))
  // Blocks of different directions follow each other by where they begin, never interleaved line by line.
  return lines.length > 1 && byRotation.size > 1 ? orderBlocks(byRotation, lines) : lines
}

/** The words of a cell in reading order. */
export const inReadingOrder = (words: ReadonlyArray<Word>): ReadonlyArray<Word> =>
  words.length < 2 ? words : linesOf(words).flatMap((line) => line.words)

/** A box as the reader of turned writing sees it: `along` grows with the text, `across` from line to line. */
interface Turned {
  readonly word: Word
  readonly along: number
  readonly alongEnd: number
  readonly across: number
  readonly acrossEnd: number
}

const turned = (word: Word, rotation: Rotation): Turned => {
  const { x, y, width, height } = word.box
  switch (rotation) {
    case 0:
      return { word, along: x, alongEnd: x + width, across: y, acrossEnd: y + height }
    case 90:
      return { word, along: y, alongEnd: y + height, across: -(x + width), acrossEnd: -x }
    case 180:
      return { word, along: -(x + width), alongEnd: -x, across: -(y + height), acrossEnd: -y }
    case 270:
      return { word, along: -(y + height), alongEnd: -y, across: x, acrossEnd: x + width }
  }
}

const linesAlong = (words: ReadonlyArray<Word>, rotation: Rotation): ReadonlyArray<Line> => {
  if (words.length === 1) return [lineOf(words, rotation)]
  const items = words
    .map((word) => turned(word, rotation))
    .toSorted((a, b) => a.across + a.acrossEnd - (b.across + b.acrossEnd) || a.along - b.along)
  const nextAcross = leastAhead(items.map(({ across }) => across))
  const rows: Array<Array<Turned>> = []
  let open: ReadonlyArray<Array<Turned>> = []
  items.forEach((item, i) => {
    // What ends before all words to come takes none of them; without this the time grows with the square of the lines.
    open = open.filter((row) => row.some(({ acrossEnd }) => acrossEnd > nextAcross[i]!))
    const row = open.findLast((candidate) => sameLine(candidate, item))
    if (row) row.push(item)
    else {
      rows.push([item])
      open = [...open, rows.at(-1)!]
    }
  })
  return rows.map((row) =>
    lineOf(
      row.toSorted((a, b) => a.along - b.along).map(({ word }) => word),
      rotation
    )
  )
}

const lineOf = (words: ReadonlyArray<Word>, rotation: Rotation): Line => ({
  words,
  box: union(words.map(({ box }) => box)),
  rotation,
  text: words.map(({ text }) => text).join(" ")
})

/** For each place the least of the values from there on. */
const leastAhead = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const least = [...values]
  for (let i = least.length - 2; i >= 0; i--) least[i] = Math.min(least[i]!, least[i + 1]!)
  return least
}

/** So many words at the end of a line tell where it runs. */
const telling = 16

/** Of marks lower than this share of a line, such as dashes, the word beside them tells the line. */
const lowMark = 0.4

/** Two words share a line when more than half of the lower one's height does. */
const sameLine = (row: ReadonlyArray<Turned>, item: Turned): boolean => {
  const recent = row.slice(-telling)
  const height = median(recent.map(({ across, acrossEnd }) => acrossEnd - across))!
  const isLow = item.acrossEnd - item.across < lowMark * height
  const last = isLow ? [nearest(recent, item)] : recent
  const across = median(last.map((other) => other.across))!
  const acrossEnd = median(last.map((other) => other.acrossEnd))!
  const shared = overlap(across, acrossEnd, item.across, item.acrossEnd)
  return shared > 0.5 * Math.min(acrossEnd - across, item.acrossEnd - item.across)
}

/** The word that leaves the narrowest gap to another along the line. */
const nearest = (row: ReadonlyArray<Turned>, item: Turned): Turned => {
  const gap = ({ along, alongEnd }: Turned): number => -overlap(along, alongEnd, item.along, item.alongEnd)
  return row.reduce((best, other) => (gap(other) < gap(best) ? other : best))
}

const orderBlocks = (
  byRotation: ReadonlyMap<Rotation, ReadonlyArray<Word>>,
  lines: ReadonlyArray<Line>
): ReadonlyArray<Line> => {
  const start = new Map([...byRotation].map(([rotation, words]) => [rotation, union(words.map(({ box }) => box))]))
  return lines.toSorted((a, b) => {
    if (a.rotation === b.rotation) return 0
    const [p, q] = [start.get(a.rotation)!, start.get(b.rotation)!]
    return p.x + p.y - (q.x + q.y)
  })
}
