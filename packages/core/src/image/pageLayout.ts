import type { BoundingBox, Page, PageImage, Rule } from "../document/Page.ts"
import { drawnTables } from "../table/drawnTables.ts"
import type { Table } from "../table/Table.ts"
import { grainOf } from "./grain.ts"
import { blurRows, type GrayImage, toGray, transpose } from "./gray.ts"
import type { Homography } from "./homography.ts"
import { isMadeOfLetters, letterBoxes } from "./letters.ts"
import { pruneRules, rulesOfStrokes } from "./rulesOfStrokes.ts"
import { joinSpacedCells } from "./spacedCells.ts"
import { straightening, warp } from "./straighten.ts"
import { findStrokes, type Stroke } from "./strokes.ts"
import { textHeight } from "./textHeight.ts"

/** What is drawn on a page, found in its pixels. */
export interface PageLayout {
  /** The page, straight. */
  readonly image: PageImage
  readonly gray: GrayImage
  readonly rules: ReadonlyArray<Rule>
  readonly tables: ReadonlyArray<Table>
  /** Height of a line of writing, in pixels. */
  readonly textHeight: number
  /** From the straight page to the image; null where they are the same. */
  readonly toImage: Homography | null
}

/** How lines are looked for. */
interface Mode {
  /** Mean along the line, as a share of the text height, against noise and moiré. */
  readonly smoothing: number
  readonly contrast: number
}

/** Sharp pages first; what is noisy is smoothed along the lines, where only lines keep their contrast. */
const modes: ReadonlyArray<Mode> = [
  { smoothing: 0, contrast: 14 },
  { smoothing: 0.9, contrast: 7 }
]

/** Finds the tables of a page image: of several ways to look for lines, the one that closes most cells. */
export const layoutOf = (page: Page, image: PageImage): PageLayout => {
  let best: PageLayout | null = null
  let bestScore = -1
  const gray = toGray(image)
  const height = textHeight(gray)
  // On a clean page smoothing finds nothing more, but takes lines of writing for rules.
  for (const mode of grainOf(gray) >= grainy ? modes : modes.slice(0, 1)) {
    const layout = layoutBy(mode, page, image, gray, height)
    const score = scoreOf(layout)
    if (score > bestScore) [best, bestScore] = [layout, score]
    if (score >= enoughCells) break
  }
  return best!
}

/** Pages with less grain than this are clean. */
const grainy = 1.2

/** So many good cells are a table; another mode would not find a better one. */
const enoughCells = 12

const layoutBy = (mode: Mode, page: Page, image: PageImage, first: GrayImage, height: number): PageLayout => {
  const strokes = strokesBothWays(first, mode, height)
  const toImage = straightening(image, strokes.level, strokes.plumb)
  if (!toImage) return finish(mode, page, image, first, strokes, height, null)
  const straight = warp(image, toImage)
  const gray = toGray(straight)
  return finish(mode, page, straight, gray, strokesBothWays(gray, mode, height), height, toImage)
}

interface Strokes {
  readonly level: ReadonlyArray<Stroke>
  readonly plumb: ReadonlyArray<Stroke>
}

const strokesBothWays = (gray: GrayImage, mode: Mode, height: number): Strokes => {
  const radius = Math.round((mode.smoothing * height) / 2)
  const options = { textHeight: height, contrast: mode.contrast }
  return {
    level: findStrokes(blurRows(gray, radius), options),
    plumb: findStrokes(blurRows(transpose(gray), radius), options)
  }
}

/** The boxes of words, by which tables are measured, are about this share of the height of a line. */
const wordShare = 0.75

const finish = (
  mode: Mode,
  page: Page,
  image: PageImage,
  gray: GrayImage,
  strokes: Strokes,
  height: number,
  toImage: Homography | null
): PageLayout => {
  const all = [
    ...rulesOfStrokes(strokes.level, "horizontal", height),
    ...rulesOfStrokes(strokes.plumb, "vertical", height)
  ]
  // Unsmoothed, the gaps between letters keep them from making strokes.
  const drawn = mode.smoothing === 0 ? all : withoutLetters(all, gray, height)
  const rules = joinSpacedCells(pruneRules(drawn, height, gray.width), height)
  const textHeightPx = wordShare * height
  const { pageNumber } = page
  const tables = drawnTables({ pageNumber, words: [], rules, fills: [], widthPx: gray.width, textHeightPx })
  return { image, gray, rules, tables, textHeight: height, toImage }
}

/** Capitals of a heading are about so many text heights; what is larger may be the ground of a cell. */
const largestLetter = 2

const withoutLetters = (rules: ReadonlyArray<Rule>, gray: GrayImage, height: number): ReadonlyArray<Rule> => {
  const letters = [...letterBoxes(gray, "dark"), ...letterBoxes(gray, "light")].filter(
    (box) => Math.max(box.width, box.height) <= largestLetter * height
  )
  return rules.filter((rule) => !isMadeOfLetters(rule, letters))
}

/** Cells that can hold a line of writing count for a layout, slivers against it. */
const scoreOf = ({ tables, textHeight: height }: PageLayout): number => {
  let score = 0
  for (const { cells } of tables) {
    for (const { box } of cells) score += holdsText(box, height) ? 1 : -0.5
  }
  return score
}

const holdsText = ({ width, height }: BoundingBox, textHeight: number): boolean =>
  Math.min(width, height) >= 0.7 * textHeight
