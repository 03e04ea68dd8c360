import type { Page } from "@timegrid/core"
import { readBlocks } from "./content/readBlocks.ts"
import { readSection } from "./content/readSection.ts"
import { layoutPage } from "./layout/layoutPage.ts"
import type { WordParts } from "./package/WordParts.ts"
import { corruptFile } from "./refusals.ts"
import { readStyleSheet } from "./style/StyleSheet.ts"
import { readThemeColors } from "./style/ThemeColors.ts"
import { child, parseXml } from "./xml/XmlElement.ts"

/** The one page that a Word document becomes. Throws a `DocumentError` with `corrupt_file`. */
export const readPage = (parts: WordParts): Page => {
  const body = child(parseXml(parts.document), "w:body")
  if (body === null) throw corruptFile("This Word file has no body.")
  const sheet = readStyleSheet(parts.styles, readThemeColors(parts.theme))
  const section = readSection(body)
  const storiesOf = (ids: ReadonlyArray<string>) =>
    ids.flatMap((id) => {
      const xml = parts.headersAndFooters.get(id)
      return xml === undefined ? [] : readBlocks(parseXml(xml), sheet)
    })
  return layoutPage(section, {
    header: storiesOf(section.headerIds),
    body: readBlocks(body, sheet),
    footer: storiesOf(section.footerIds)
  })
}
