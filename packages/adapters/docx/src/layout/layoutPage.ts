import type { Page } from "@timegrid/core"
import type { Block } from "../content/Block.ts"
import type { Section } from "../content/readSection.ts"
import { layoutBlocks, type PageContent } from "./layoutBlocks.ts"

// At 96 pixels an inch.
const pointsPerPixel = 0.75

/** What stands on the one page that a Word document becomes, from top to bottom. */
export interface PageFlow {
  readonly header: ReadonlyArray<Block>
  readonly body: ReadonlyArray<Block>
  readonly footer: ReadonlyArray<Block>
}

/**
 * One page as wide as the document's and as high as its content needs, at 96 pixels an inch. Pictures take their room
 * but are not reported: they become pages of their own.
 */
export const layoutPage = (section: Section, { body, footer, header }: PageFlow): Page => {
  const content: PageContent = { words: [], tables: [], fills: [] }
  const { margin, widthPx } = section
  const width = Math.max(1, widthPx - margin.left - margin.right)
  let y = margin.top
  for (const blocks of [header, body, footer]) {
    y = layoutBlocks(blocks, { x: margin.left, y, width, isCell: false }, content).bottom
  }
  return {
    pageNumber: 1,
    widthPx: Math.ceil(widthPx),
    heightPx: Math.ceil(y + margin.bottom),
    rotation: 0,
    pointsPerPixel,
    words: content.words,
    rules: [],
    // A page that draws something but says nothing asks to be read from its pixels, which this one has not.
    fills: content.words.length === 0 ? [] : content.fills,
    images: [],
    // Without a table the lines themselves may align into one.
    tables: content.tables.length === 0 ? null : content.tables,
    toImage: null
  }
}
