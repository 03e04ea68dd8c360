import type { Page, PageImage, Rule } from "../document/Page.ts"
import { drawnTables } from "../table/drawnTables.ts"
import type { Table } from "../table/Table.ts"
import { bordersOf, withoutFrames } from "./borders.ts"
import { grainOf } from "./grain.ts"
import { blurRows, type GrayImage, toGray, transpose } from "./gray.ts"
import type { Homography } from "./homography.ts"
import { rulesOfStrokes } from "./rulesOfStrokes.ts"
import { straightening, warp } from "./straighten.ts"
import { withoutStripes } from "./stripes.ts"
import { findStrokes, type Stroke } from "./strokes.ts"
import { textHeight } from "./textHeight.ts"

/** What is drawn on a page, found in its pixels. */
export interface PageLayout {
  /** What the layout was found on, which may not be straight. */
  readonly image: PageImage
  /** The brightness of the page, straight. */
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

const sharp: Mode = { smoothing: 0, contrast: 14 }
/** Noise is smoothed along the lines, where only lines keep their contrast. */
const smooth: Mode = { smoothing: 0.9, contrast: 7 }

/** Pages with less grain than this are clean. */
const grainy = 1.2

/** Finds the tables of a page image; noisy and skewed ones too. */
export const layoutOf = (page: Page, image: PageImage): PageLayout => {
  const plain = toGray(image)
  const isGrainy = grainOf(plain) >= grainy
  const gray = isGrainy ? withoutStripes(plain) : plain
  const height = textHeight(gray)
  const strokes = strokesBothWays(gray, isGrainy ? smooth : sharp, height)
  const toImage = straightening(image, strokes.level, strokes.plumb)
  if (!toImage) return finish(page, image, gray, isGrainy, strokes, height, null)
  // Colours are looked up where they are wanted: to straighten them as well takes three times as long.
  const straight = toGray(warp({ ...image, channels: 1, data: gray.data }, toImage))
  const again = strokesBothWays(straight, isGrainy ? smooth : sharp, height)
  return finish(page, image, straight, isGrainy, again, height, toImage)
}

/** The image of a page, straight. */
export const straightImage = ({ image, toImage }: Pick<PageLayout, "image" | "toImage">): PageImage =>
  toImage === null ? image : warp(image, toImage)

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

const rulesBothWays = ({ level, plumb }: Strokes, height: number): ReadonlyArray<Rule> => [
  ...rulesOfStrokes(level, "horizontal", height),
  ...rulesOfStrokes(plumb, "vertical", height)
]

const finish = (
  page: Page,
  image: PageImage,
  gray: GrayImage,
  isGrainy: boolean,
  strokes: Strokes,
  height: number,
  toImage: Homography | null
): PageLayout => {
  const tablesOf = (rules: ReadonlyArray<Rule>) =>
    drawnTables({
      pageNumber: page.pageNumber,
      words: [],
      rules,
      fills: [],
      widthPx: gray.width,
      textHeightPx: wordShare * height,
      isMeasured: true
    })
  const found = rulesBothWays(strokes, height)
  const rules = bordersOf({
    gray,
    sharp: isGrainy ? rulesBothWays(strokesBothWays(gray, sharp, height), height) : found,
    smoothed: isGrainy ? found : [],
    textHeight: height,
    tablesOf
  })
  return { image, gray, rules, tables: withoutFrames(tablesOf(rules)), textHeight: height, toImage }
}
