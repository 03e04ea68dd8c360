import type { RunFormat } from "../style/formats.ts"
import type { StyleSheet } from "../style/StyleSheet.ts"
import { numberOf } from "../xml/numbers.ts"
import type { XmlElement } from "../xml/XmlElement.ts"
import type { Block, Picture } from "./Block.ts"
import { readParagraph } from "./readParagraph.ts"
import { readTable } from "./readTable.ts"
import { visibleContent, visibleDescendants } from "./visibleContent.ts"

const emuPerPixel = 9525
// 22 inches, the most that Word allows for a page.
const largestPx = 2112
const pixelsPerUnit: Readonly<Record<string, number>> = { pt: 4 / 3, px: 1, in: 96, cm: 96 / 2.54, mm: 96 / 25.4 }
const extents = new Set(["wp:extent"])
const drawingParts = new Set(["w:txbxContent", "pic:pic", "v:imagedata"])
const pictureSources = new Set(["a:blip", "v:imagedata"])
const shapeNames = new Set(["v:shape"])

/** A length such as `width:120.5pt` in the style of an older drawing, in pixels; 0 where there is none. */
const styledLength = (style: string, property: string): number => {
  const match = new RegExp(`(?:^|;)\\s*${property}:\\s*([\\d.]+)(pt|px|in|cm|mm)`).exec(style)
  return match === null ? 0 : Number(match[1]) * pixelsPerUnit[match[2]!]!
}

/** The size that a drawing states for its picture; null for a drawing without size, such as a horizontal rule. */
const pictureOf = (drawing: XmlElement): Picture | null => {
  const [extent] = visibleDescendants(drawing, extents)
  const [shape] = visibleDescendants(drawing, shapeNames)
  const style = shape?.attributes.style ?? ""
  const widthPx =
    extent === undefined ? styledLength(style, "width") : (numberOf(extent.attributes.cx) ?? 0) / emuPerPixel
  const heightPx =
    extent === undefined ? styledLength(style, "height") : (numberOf(extent.attributes.cy) ?? 0) / emuPerPixel
  if (widthPx <= 0 || heightPx <= 0) return null
  const [source] = visibleDescendants(drawing, pictureSources)
  return {
    kind: "picture",
    widthPx: Math.min(widthPx, largestPx),
    heightPx: Math.min(heightPx, largestPx),
    relationshipId: source?.attributes["r:embed"] ?? source?.attributes["r:id"] ?? null
  }
}

/** The pictures and text boxes of a drawing: a group of several pictures counts as one. */
const drawnBlocks = (drawing: XmlElement, sheet: StyleSheet): ReadonlyArray<Block> => {
  const parts = [...visibleDescendants(drawing, drawingParts)]
  const boxes = parts.filter(({ name }) => name === "w:txbxContent")
  const picture = parts.length > boxes.length ? pictureOf(drawing) : null
  return [...(picture === null ? [] : [picture]), ...boxes.flatMap((box) => readBlocks(box, sheet))]
}

/**
 * Reads the paragraphs and tables below an element. What floats (text boxes, pictures) comes right after the paragraph
 * in which it is anchored.
 */
export const readBlocks = (parent: XmlElement, sheet: StyleSheet, inherited: RunFormat = {}): ReadonlyArray<Block> => {
  const blocks: Array<Block> = []
  for (const element of visibleContent(parent)) {
    if (element.name === "w:tbl") {
      blocks.push(readTable(element, sheet, (cell, cellFormat) => readBlocks(cell, sheet, cellFormat)))
    } else if (element.name === "w:p") {
      const { drawings, paragraph } = readParagraph(element, sheet, inherited)
      blocks.push(paragraph)
      for (const drawing of drawings) blocks.push(...drawnBlocks(drawing, sheet))
    }
  }
  return blocks
}
