import { twipsOf, twipsPerPixel } from "../xml/numbers.ts"
import { child, elements, type XmlElement } from "../xml/XmlElement.ts"

/** The size of a document's pages, and what is repeated on them. */
export interface Section {
  readonly widthPx: number
  readonly margin: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
  /** Ids of the relationships to the headers and footers shown on its first page. */
  readonly headerIds: ReadonlyArray<string>
  readonly footerIds: ReadonlyArray<string>
}

// A4, and Word's usual margins of an inch.
const defaultWidth = 11_906
const defaultMargin = 1440

const sectionProperties = (body: XmlElement): ReadonlyArray<XmlElement> =>
  elements(body).flatMap((element) => {
    const section = element.name === "w:sectPr" ? element : child(child(element, "w:pPr"), "w:sectPr")
    return section === null ? [] : [section]
  })

const referencesOf = (section: XmlElement | undefined, name: string): ReadonlyArray<string> => {
  if (section === undefined) return []
  const wanted = child(section, "w:titlePg") === null ? "default" : "first"
  return elements(section)
    .filter((reference) => reference.name === name && reference.attributes["w:type"] === wanted)
    .flatMap(({ attributes }) => attributes["r:id"] ?? [])
}

/** Reads the sections of a body as one: the widest page, the first section's headers and footers. */
export const readSection = (body: XmlElement): Section => {
  const sections = sectionProperties(body)
  const twips = (section: XmlElement | undefined, name: string, attribute: string, fallback: number) =>
    twipsOf(child(section ?? null, name)?.attributes[attribute]) ?? fallback
  const widthOf = (section: XmlElement | undefined) => twips(section, "w:pgSz", "w:w", defaultWidth) || defaultWidth
  const widestSection = sections.reduce<XmlElement | undefined>(
    (best, section) => (best === undefined || widthOf(section) > widthOf(best) ? section : best),
    undefined
  )
  const width = widthOf(widestSection)
  // Margins never take more than half of the page.
  const margin = (side: string) =>
    Math.min(twips(widestSection, "w:pgMar", `w:${side}`, defaultMargin), width / 4) / twipsPerPixel
  return {
    widthPx: width / twipsPerPixel,
    margin: { left: margin("left"), right: margin("right"), top: margin("top"), bottom: margin("bottom") },
    headerIds: referencesOf(sections[0], "w:headerReference"),
    footerIds: referencesOf(sections[0], "w:footerReference")
  }
}
