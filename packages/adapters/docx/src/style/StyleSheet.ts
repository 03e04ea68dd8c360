import { child, elements, parseXml, statedValue, type XmlElement } from "../xml/XmlElement.ts"
import { merged, type ParagraphFormat, paragraphFormatOf, type RunFormat, runFormatOf } from "./formats.ts"
import { fillOf, type ThemeColors } from "./ThemeColors.ts"

/** What a table style gives to a region of a table such as its first row. */
export interface TableRegionFormat {
  readonly run: RunFormat
  /** Undefined where the style says nothing of the region's fill. */
  readonly fill?: string | null
}

/** What a table style gives, by region; `wholeTable` holds everywhere. */
export type TableFormat = ReadonlyMap<string, TableRegionFormat>

/** Formats by the ids of styles, with what they inherit. */
export interface StyleSheet {
  readonly theme: ThemeColors
  readonly defaultRun: RunFormat
  /** Null or an unknown id: the document's default paragraph style. */
  readonly paragraph: (id: string | null) => { readonly run: RunFormat; readonly paragraph: ParagraphFormat }
  readonly character: (id: string | null) => RunFormat
  readonly table: (id: string | null) => TableFormat
}

// Word allows about ten; endless ones would cost hours.
const longestLineage = 32

const regionFormatOf = (element: XmlElement, theme: ThemeColors): TableRegionFormat => {
  const shading = child(child(element, "w:tcPr"), "w:shd") ?? child(child(element, "w:tblPr"), "w:shd")
  const run = runFormatOf(child(element, "w:rPr"), theme)
  return shading === null ? { run } : { run, fill: fillOf(shading, theme) }
}

/** Reads a styles part; without one everything has Word's own defaults. */
export const readStyleSheet = (stylesXml: string | null, theme: ThemeColors): StyleSheet => {
  const root = stylesXml === null ? null : parseXml(stylesXml)
  const styles = new Map<string, XmlElement>()
  let defaultParagraph: string | null = null
  for (const style of root === null ? [] : elements(root)) {
    const { "w:default": isDefault, "w:styleId": id, "w:type": type } = style.attributes
    if (style.name !== "w:style" || id === undefined) continue
    styles.set(id, style)
    if (type === "paragraph" && (isDefault === "1" || isDefault === "true")) defaultParagraph = id
  }
  /** The style and what it is based on, the most general first; a circle is cut where it closes. */
  const lineage = (id: string | null): ReadonlyArray<XmlElement> => {
    const line = new Set<XmlElement>()
    for (let style = styles.get(id ?? ""); style !== undefined && !line.has(style) && line.size < longestLineage; ) {
      line.add(style)
      style = styles.get(statedValue(child(style, "w:basedOn")) ?? "")
    }
    return [...line].reverse()
  }
  const inheritedRun = (id: string | null): RunFormat =>
    merged(...lineage(id).map((style) => runFormatOf(child(style, "w:rPr"), theme)))
  const paragraph = (id: string | null) => {
    const known = id !== null && styles.has(id) ? id : defaultParagraph
    return {
      run: inheritedRun(known),
      paragraph: merged(...lineage(known).map((style) => paragraphFormatOf(child(style, "w:pPr"))))
    }
  }
  const table = (id: string | null): TableFormat => {
    const regions = new Map<string, TableRegionFormat>()
    const add = (name: string, format: TableRegionFormat) => {
      const inherited = regions.get(name)
      regions.set(
        name,
        inherited === undefined ? format : merged(inherited, format, { run: merged(inherited.run, format.run) })
      )
    }
    for (const style of lineage(id)) {
      add("wholeTable", regionFormatOf(style, theme))
      for (const region of elements(style)) {
        if (region.name === "w:tblStylePr") add(region.attributes["w:type"] ?? "", regionFormatOf(region, theme))
      }
    }
    return regions
  }
  const cached = <Value>(find: (id: string | null) => Value) => {
    const found = new Map<string | null, Value>()
    return (id: string | null): Value => {
      const known = found.get(id)
      if (known !== undefined) return known
      const value = find(id)
      found.set(id, value)
      return value
    }
  }
  return {
    theme,
    defaultRun: runFormatOf(child(child(child(root, "w:docDefaults"), "w:rPrDefault"), "w:rPr"), theme),
    paragraph: cached(paragraph),
    character: cached(inheritedRun),
    table: cached(table)
  }
}
