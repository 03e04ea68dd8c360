import type { Page } from "@timegrid/core"
import type { Block } from "./content/Block.ts"
import { blocksWithin } from "./content/blocksWithin.ts"
import { readBlocks } from "./content/readBlocks.ts"
import { readSection } from "./content/readSection.ts"
import { layoutPage } from "./layout/layoutPage.ts"
import type { WordParts } from "./package/WordParts.ts"
import { corruptFile } from "./refusals.ts"
import { readStyleSheet } from "./style/StyleSheet.ts"
import { readThemeColors } from "./style/ThemeColors.ts"
import { child, parseXml } from "./xml/XmlElement.ts"

/** A Word document: its text as one page, and the pictures that may hold what the text does not say. */
export interface WordDocument {
  readonly page: Page
  /** The files of the large pictures, in reading order. */
  readonly pictures: ReadonlyArray<Uint8Array>
}

/** A picture that fills less of the text's width is a logo or an ornament. */
const largeShare = 0.5

const largePictures = (blocks: ReadonlyArray<Block>, textWidthPx: number, parts: WordParts) => {
  const ids = blocksWithin(blocks).flatMap((block) =>
    block.kind === "picture" && block.widthPx >= largeShare * textWidthPx ? (block.relationshipId ?? []) : []
  )
  return [...new Set(ids)].flatMap((id) => parts.pictureOf(id) ?? [])
}

/**
 * Reads a Word document. A document with tables states its timetable there, so its pictures are left out. Throws a
 * `DocumentError` with `corrupt_file`.
 */
export const readDocument = (parts: WordParts): WordDocument => {
  const body = child(parseXml(parts.document), "w:body")
  if (body === null) throw corruptFile("This Word file has no body.")
  const sheet = readStyleSheet(parts.styles, readThemeColors(parts.theme))
  const section = readSection(body)
  const storiesOf = (ids: ReadonlyArray<string>) =>
    ids.flatMap((id) => {
      const xml = parts.headersAndFooters.get(id)
      return xml === undefined ? [] : readBlocks(parseXml(xml), sheet)
    })
  const blocks = readBlocks(body, sheet)
  const page = layoutPage(section, {
    header: storiesOf(section.headerIds),
    body: blocks,
    footer: storiesOf(section.footerIds)
  })
  const textWidthPx = section.widthPx - section.margin.left - section.margin.right
  return { page, pictures: page.tables === null ? largePictures(blocks, textWidthPx, parts) : [] }
}
