import type { Word } from "@timegrid/core"
import { boxOf, type Fragment } from "./fragments.ts"
import type { Bounds } from "./matrix.ts"
import { readableText } from "./text.ts"

const engine = "pdf"
/** Fragments closer than this, in em, are parts of one word that was drawn in pieces. */
const joinGapEm = 0.12
const joinOverlapEm = 0.15
/** Single letters as far apart as this, in em, and evenly so, are one spaced-out word. */
const letterGapEm = 0.3
const evenEm = 0.08
const fewestSpacedLetters = 3
/** Base lines closer than this, in em, are one line; superscripts stand a third of an em higher. */
const sameLineEm = 0.4
/** A second drawing of the same text at most this far away, in em, thickens the first. */
const doubledEm = 0.12
/** In another colour, at most this far away, it is the shadow of the other. */
const shadowEm = 0.25
/** Of words over which an image was painted later: as likely hidden as seen. */
const coveredConfidence = 0.5

const letter = /^\p{L}\p{M}*$/u

/**
 * Leaves out text that was drawn again almost in place, to look bold or as a shadow, and marks the first drawing as
 * bold.
 */
const withoutDoubles = (fragments: ReadonlyArray<Fragment>): ReadonlyArray<Fragment> => {
  const byText = new Map<string, Array<Fragment>>()
  return fragments.filter((fragment) => {
    const alike = byText.get(fragment.text)
    if (alike === undefined) {
      byText.set(fragment.text, [fragment])
      return true
    }
    const first = alike.findLast(
      (other) =>
        other.rotation === fragment.rotation &&
        Math.max(Math.abs(other.start - fragment.start), Math.abs(other.baseline - fragment.baseline)) <=
          (other.color === fragment.color ? doubledEm : shadowEm) * fragment.emPx
    )
    if (first === undefined) {
      alike.push(fragment)
      return true
    }
    if (first.color === fragment.color) first.bold = true
    return false
  })
}

const linesOf = (fragments: ReadonlyArray<Fragment>): ReadonlyArray<ReadonlyArray<Fragment>> => {
  const sorted = [...fragments].sort(
    (one, other) =>
      one.rotation - other.rotation ||
      one.baseline - other.baseline ||
      one.start - other.start ||
      one.order - other.order
  )
  const lines: Array<Array<Fragment>> = []
  for (const fragment of sorted) {
    const line = lines.at(-1)
    const head = line?.[0]
    if (
      line !== undefined &&
      head !== undefined &&
      head.rotation === fragment.rotation &&
      fragment.baseline - head.baseline <= sameLineEm * Math.max(head.emPx, fragment.emPx)
    ) {
      line.push(fragment)
    } else lines.push([fragment])
  }
  for (const line of lines) line.sort((one, other) => one.start - other.start || one.order - other.order)
  return lines
}

const gapEm = (one: Fragment, other: Fragment): number => (other.start - one.end) / Math.min(one.emPx, other.emPx)

const continues = (one: Fragment, other: Fragment): boolean => {
  const gap = gapEm(one, other)
  return !other.afterSpace && gap <= joinGapEm && gap >= -joinOverlapEm && other.start > one.start
}

/** How many fragments from `first` on are the letters of one spaced-out word; 1 when they are not. */
const spacedLetters = (line: ReadonlyArray<Fragment>, first: number): number => {
  const head = line[first]!
  if (!letter.test(head.text)) return 1
  let narrowest = Number.POSITIVE_INFINITY
  let widest = 0
  let at = first + 1
  for (; at < line.length; at++) {
    const next = line[at]!
    const gap = gapEm(line[at - 1]!, next)
    narrowest = Math.min(narrowest, gap)
    widest = Math.max(widest, gap)
    const fits =
      letter.test(next.text) &&
      !next.afterSpace &&
      next.emPx === head.emPx &&
      next.baseline === head.baseline &&
      widest <= letterGapEm &&
      narrowest >= -joinOverlapEm &&
      widest - narrowest <= evenEm
    if (!fits) break
  }
  return at - first >= fewestSpacedLetters ? at - first : 1
}

const wordOf = (parts: ReadonlyArray<Fragment>, page: Bounds, covered: ReadonlySet<Fragment>): Word | null => {
  const main = parts.reduce((one, other) => (other.emPx > one.emPx ? other : one))
  const text = readableText(parts.map((part) => part.text).join(""))
  if (text === "") return null
  const boxes = parts.map(boxOf)
  const x = Math.max(page.left, Math.min(...boxes.map((box) => box.x)))
  const y = Math.max(page.top, Math.min(...boxes.map((box) => box.y)))
  const right = Math.min(page.right, Math.max(...boxes.map((box) => box.x + box.width)))
  const bottom = Math.min(page.bottom, Math.max(...boxes.map((box) => box.y + box.height)))
  return {
    text,
    box: { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) },
    rotation: main.rotation,
    confidence: parts.some((part) => covered.has(part)) ? coveredConfidence : 1,
    source: "native",
    engine,
    style: { fontSizePx: main.emPx, bold: main.bold, italic: main.italic, color: main.color }
  }
}

/**
 * The words that a page shows: text that was doubled left out, words that were drawn in pieces put together. Level
 * writing comes first, line by line from the top, then each other direction likewise. Words with `covered` fragments
 * are half sure.
 */
export const wordsOf = (
  fragments: ReadonlyArray<Fragment>,
  page: Bounds,
  covered: ReadonlySet<Fragment> = new Set()
): ReadonlyArray<Word> => {
  const words: Array<Word> = []
  for (const line of linesOf(withoutDoubles(fragments))) {
    for (let at = 0; at < line.length; ) {
      let end = at + spacedLetters(line, at)
      while (end < line.length && continues(line[end - 1]!, line[end]!)) end++
      const word = wordOf(line.slice(at, end), page, covered)
      if (word !== null) words.push(word)
      at = end
    }
  }
  return words
}
