import type { BoundingBox, Rule } from "../document/Page.ts"
import { contains, overlap } from "../table/geometry.ts"
import type { Table } from "../table/Table.ts"
import type { GrayImage } from "./gray.ts"
import { cutsLetter, isMadeOfLetters, letterBoxes } from "./letters.ts"
import { borderGauge, type Stretch, stretchesOf } from "./measuredBorders.ts"
import { pruneRules } from "./rulesOfStrokes.ts"
import { joinSpacedCells } from "./spacedCells.ts"

/** Capitals of a heading are about so many text heights; what is larger may be the ground of a cell. */
const largestLetter = 2
/** Pieces of a faint broken line look like letters as thin as the line: no wider than this share of the text height. */
const thinPiece = 0.3
/** Levels of 256 from which on a line is no faint one: sharp strokes show it, unless it is writing. */
const clearContrast = 25
/** Smoothed writing makes rules shorter than so many text heights, and clear ones shorter than so many. */
const longShare = { faint: 8, clear: 16 }
/** Parallel borders are no nearer to each other than this share of the text height. */
const leastRow = 0.8

/** What the borders of a page are taken from. */
export interface BorderSources {
  readonly gray: GrayImage
  /** Rules of sharp strokes: each is one, unless it belongs to a letter. */
  readonly sharp: ReadonlyArray<Rule>
  /** Rules of strokes that were smoothed along their length, among them lines of writing; none for a clean page. */
  readonly smoothed: ReadonlyArray<Rule>
  readonly textHeight: number
  /** The tables that rules draw. */
  readonly tablesOf: (rules: ReadonlyArray<Rule>) => ReadonlyArray<Table>
}

/**
 * The borders of the tables of a page. Sharp strokes tell where most of them are; long smoothed ones show further edges
 * of the grid. Along those edges the image itself decides, side by side of each cell, where there is a faint border.
 */
export const bordersOf = ({ gray, sharp, smoothed, textHeight, tablesOf }: BorderSources): ReadonlyArray<Rule> => {
  const writing = writingAmong(gray, textHeight)
  const { isWriting } = writing
  const long = smoothed.filter((rule) => lengthOf(rule) >= longShare.faint * textHeight)
  const measure = borderGauge(gray, textHeight)
  const whole = joinPieces(sharp, long, textHeight, writing)
  const further = measure(long).filter(
    (rule) =>
      (rule.contrast < clearContrast || lengthOf(rule) >= longShare.clear * textHeight) &&
      !isWriting(rule) &&
      !whole.some((other) => isDouble(rule, other, leastRow * textHeight))
  )
  const candidates = [
    ...whole.map((rule) => ({ ...rule, isSharp: true })),
    ...further.map((rule) => ({ ...rule, isSharp: false }))
  ]
  const kept = joinSpacedCells(pruneRules(candidates, textHeight, gray.width), textHeight)
  const sure = kept.filter(({ isSharp }) => isSharp)
  const open = tablesOf(kept)
    .flatMap(stretchesOf)
    .filter((stretch) => !isCovered(stretch, sure, textHeight))
  const faint = measure(open).filter((rule) => rule.contrast < clearContrast && !isWriting(rule))
  return [...sure, ...faint]
}

const lengthOf = ({ from, to }: Rule): number => to - from

/** Pieces of one line lie no further from it than this share of the text height, and show so much of its length. */
const pieceReach = 0.2
const shownShare = 0.5

/**
 * Puts the pieces together that noise has broken a sharp line into: smoothing along the line shows all of it. Pieces by
 * themselves end in the open, and would be taken for parts of letters. Shorter smoothed lines may be writing.
 */
const joinPieces = (
  sharp: ReadonlyArray<Rule>,
  smoothed: ReadonlyArray<Rule>,
  textHeight: number,
  writing: Writing
): ReadonlyArray<Rule> =>
  smoothed.reduce((rules, line) => {
    const reach = Math.max(2, pieceReach * textHeight)
    const pieces = rules.filter(
      (rule) =>
        rule.orientation === line.orientation &&
        Math.abs(rule.position - line.position) <= reach &&
        overlap(rule.from, rule.to, line.from, line.to) > 0
    )
    const shown = pieces.reduce((sum, piece) => sum + overlap(piece.from, piece.to, line.from, line.to), 0)
    if (pieces.length < 2 || lengthOf(line) < longShare.clear * textHeight || shown < shownShare * lengthOf(line))
      return rules
    const joined = acrossGaps(pieces, line, textHeight, writing)
    return joined.some(writing.isWriting) ? rules : [...rules.filter((rule) => !pieces.includes(rule)), ...joined]
  }, sharp)

/**
 * The pieces of one line, joined where the gap between two of them shows nothing else than the line. Letters in a cell
 * that the line passes by are smoothed into one with it.
 */
const acrossGaps = (
  pieces: ReadonlyArray<Rule>,
  line: Rule,
  textHeight: number,
  { isWriting, standsIn }: Writing
): ReadonlyArray<Rule> => {
  const longest = pieces.reduce((one, other) => (lengthOf(other) > lengthOf(one) ? other : one))
  const isOpen = (from: number, to: number): boolean => {
    const gap = { ...longest, from, to }
    return to - from > leastRow * textHeight && (isWriting(gap) || standsIn(gap))
  }
  const joined: Array<Rule> = []
  for (const { from, to } of pieces.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && !isOpen(last.to, from)) joined[joined.length - 1] = { ...last, to: Math.max(last.to, to) }
    else joined.push({ ...longest, from, to })
  }
  const [first, last] = [joined[0]!, joined.at(-1)!]
  if (line.from < first.from && !isOpen(line.from, first.from)) joined[0] = { ...first, from: line.from }
  if (line.to > last.to && !isOpen(last.to, line.to)) joined[joined.length - 1] = { ...joined.at(-1)!, to: line.to }
  return joined
}

const isDouble = (rule: Rule, other: Rule, reach: number): boolean =>
  other.orientation === rule.orientation &&
  Math.abs(other.position - rule.position) < reach &&
  overlap(other.from, other.to, rule.from, rule.to) > lengthOf(rule) / 2

/** Letters of a page are at least this share of the text height high; what is lower is a dot, a dash or noise. */
const lowLetter = 0.4

/** What writing tells of a stretch that may be a border: that it is but letters in a line, or that one is in its way. */
interface Writing {
  readonly isWriting: (rule: Rule) => boolean
  readonly standsIn: (rule: Rule) => boolean
}

/** Tells lines of writing from borders; letters are looked for once there is anything to tell. */
const writingAmong = (gray: GrayImage, textHeight: number): Writing => {
  let letters: ReadonlyArray<BoundingBox> | undefined
  const around = (rule: Rule): ReadonlyArray<BoundingBox> => {
    letters ??= [...letterBoxes(gray, "dark"), ...letterBoxes(gray, "light")].filter(
      (box) => Math.max(box.width, box.height) <= largestLetter * textHeight
    )
    return letters.filter((letter) => !isPieceOf(rule, letter, thinPiece * textHeight))
  }
  return {
    isWriting: (rule) => isMadeOfLetters(rule, around(rule)),
    standsIn: (rule) =>
      cutsLetter(
        rule,
        around(rule).filter(({ height }) => height >= lowLetter * textHeight)
      )
  }
}

const isPieceOf = ({ orientation, position }: Rule, { x, y, width, height }: BoundingBox, thin: number): boolean => {
  const [start, size] = orientation === "horizontal" ? [y, height] : [x, width]
  return size <= thin && position >= start && position <= start + size
}

/** Half a side is enough for a border, as it is for tables. */
const isCovered = (stretch: Stretch, rules: ReadonlyArray<Rule>, textHeight: number): boolean => {
  let covered = 0
  for (const rule of rules) {
    if (rule.orientation === stretch.orientation && Math.abs(rule.position - stretch.position) <= textHeight / 2) {
      covered += Math.max(0, overlap(rule.from, rule.to, stretch.from, stretch.to))
    }
  }
  return covered >= (stretch.to - stretch.from) / 2
}

/** The edge of a sheet of paper around tables closes fewer cells than a table has. */
const cellsOfFrame = 3

/** Leaves out what is but a frame around other tables. */
export const withoutFrames = (tables: ReadonlyArray<Table>): ReadonlyArray<Table> =>
  tables.filter(
    (table) =>
      table.cells.length > cellsOfFrame || !tables.some((other) => other !== table && holds(table.box, other.box))
  )

const holds = (outer: BoundingBox, inner: BoundingBox): boolean =>
  contains(outer, inner.x, inner.y) && contains(outer, inner.x + inner.width, inner.y + inner.height)
