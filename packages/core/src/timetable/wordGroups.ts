import type { BoundingBox, Word } from "../document/Page.ts"
import { median } from "../table/geometry.ts"
import type { Direction } from "./headerLines.ts"

/** Texts in a bar of headers stand further apart than this share of the height of their letters. */
const gapShare = { columns: 1, rows: 0.35 }

/** Words that stand together along a row or column, and where they begin and end along it, in pixels. */
export interface WordGroup {
  readonly words: ReadonlyArray<Word>
  readonly from: number
  readonly to: number
}

/** Words that stand together along a row (`"columns"`) or column (`"rows"`), parted by gaps, in its order. */
export const groupsAlong = (words: ReadonlyArray<Word>, direction: Direction): ReadonlyArray<WordGroup> => {
  const [from, to] = [start(direction), end(direction)]
  const gap = gapShare[direction] * (median(words.map(({ box }) => Math.min(box.width, box.height))) ?? 0)
  const groups: Array<{ words: Array<Word>; from: number; to: number }> = []
  for (const word of words.toSorted((a, b) => from(a.box) - from(b.box))) {
    const last = groups.at(-1)
    if (last && from(word.box) - last.to < gap) {
      last.words.push(word)
      last.to = Math.max(last.to, to(word.box))
    } else {
      groups.push({ words: [word], from: from(word.box), to: to(word.box) })
    }
  }
  return groups
}

const start = (direction: Direction) => (box: BoundingBox) => (direction === "columns" ? box.x : box.y)
const end = (direction: Direction) => (box: BoundingBox) =>
  direction === "columns" ? box.x + box.width : box.y + box.height
