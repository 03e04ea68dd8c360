import type { Page, Word } from "../document/Page.ts"
import { median } from "../table/geometry.ts"
import { linesOf } from "../table/readingOrder.ts"
import type { Vocabulary } from "./cellText.ts"
import type { Draft } from "./draft.ts"
import { readProse } from "./prose.ts"
import { findTimes } from "./times.ts"

/** A word further from the one before it than this share of the height of the writing may begin a column. */
const columnGap = 0.9
/** Entries of one list begin within so many heights of the writing from each other. */
const aligned = 1
/** A column has at least so many entries; fewer are a remark. */
const leastEntries = 2
/** Of the times that begin a line of a column, so many must be those of lessons. */
const wholeShare = 0.9

/**
 * Reads lists of lines, `time – time: lesson`, that stand side by side under headings of days. null where there are no
 * two columns of them, or where they are no such lists throughout.
 */
export const readColumnsOfLists = (
  { pageNumber, words }: Pick<Page, "pageNumber" | "words">,
  vocabulary: Vocabulary
): ReadonlyArray<Draft> | null => {
  const level = words.filter(({ rotation }) => rotation === 0)
  const openings = openingTimes(level)
  const starts = columnStarts(openings)
  if (starts.length < 2) return null
  const columnOf = ({ box }: Word): number =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= box.x)
    )
  const columns = Map.groupBy(level, columnOf)
  const context = { page: pageNumber, days: [], within: null, origin: null }
  const drafts = starts.flatMap((_, i) => readProse(columns.get(i) ?? [], vocabulary, context))
  const timed = new Set(drafts.map(({ start }) => start?.words[0]))
  const isWhole = timed.size >= wholeShare * openings.length && drafts.every(({ day }) => day !== null)
  return isWhole ? drafts : null
}

/** The first words of the times that begin a line, or a part of one behind a gap. */
const openingTimes = (words: ReadonlyArray<Word>): ReadonlyArray<Word> =>
  linesOf(words).flatMap((line) => {
    const gap = columnGap * median(line.words.map(({ box }) => box.height))!
    let at = 0
    const placed = line.words.map((word, i) => {
      const from = at
      at += word.text.length + 1
      const before = line.words[i - 1]
      const opens = !before || word.box.x - (before.box.x + before.box.width) > gap
      return { word, from, opens }
    })
    const times = new Set(findTimes(line.text).map(({ from }) => from))
    return placed.filter(({ from, opens }) => opens && times.has(from)).map(({ word }) => word)
  })

/** Where columns begin, in pixels from the left. */
const columnStarts = (openings: ReadonlyArray<Word>): ReadonlyArray<number> => {
  const height = median(openings.map(({ box }) => box.height)) ?? 0
  const columns: Array<Array<Word>> = []
  for (const word of openings.toSorted((a, b) => a.box.x - b.box.x)) {
    const column = columns.at(-1)
    if (column && word.box.x - column.at(-1)!.box.x <= aligned * height) column.push(word)
    else columns.push([word])
  }
  return columns.filter(({ length }) => length >= leastEntries).map(([first]) => first!.box.x - aligned * height)
}
