import type { WordStyle } from "@timegrid/core"
import { numberOf, pixelsOf } from "../xml/numbers.ts"
import { child, elements, statedValue, type XmlElement } from "../xml/XmlElement.ts"
import { colorOf, type ThemeColors } from "./ThemeColors.ts"

/** How a run is set; what is missing is inherited. */
export interface RunFormat {
  readonly fontSizePx?: number
  readonly bold?: boolean
  readonly italic?: boolean
  /** Null: automatic. */
  readonly color?: string | null
  /** Hidden or struck through: not part of what the page says. */
  readonly hidden?: boolean
  readonly struck?: boolean
}

/** How a paragraph is set; what is missing is inherited. */
export interface ParagraphFormat {
  readonly alignment?: "left" | "center" | "right"
  readonly indentPx?: number
  readonly tabStopsPx?: ReadonlyArray<number>
}

// Word's own default where nothing states a size: 10 points.
const defaultFontSizePx = 40 / 3
const pixelsPerHalfPoint = 2 / 3
// Word's own limits.
const mostHalfPoints = 3276
const mostTabStops = 64

const toggleOf = (properties: XmlElement | null, name: string): boolean | undefined => {
  const property = child(properties, name)
  return property === null ? undefined : !["0", "false", "off"].includes(statedValue(property) ?? "true")
}

/** Later formats win, property by property. */
export const merged = <Format extends object>(...formats: ReadonlyArray<Format>): Format =>
  Object.assign({}, ...formats)

/** The run format that a `w:rPr` states itself. */
export const runFormatOf = (properties: XmlElement | null, theme: ThemeColors): RunFormat => {
  if (properties === null) return {}
  const bold = toggleOf(properties, "w:b")
  const italic = toggleOf(properties, "w:i")
  const hidden = toggleOf(properties, "w:vanish")
  const struck = toggleOf(properties, "w:dstrike") ?? toggleOf(properties, "w:strike")
  const halfPoints = numberOf(statedValue(child(properties, "w:sz")))
  const color = child(properties, "w:color")
  return {
    ...(halfPoints !== null && halfPoints > 0
      ? { fontSizePx: Math.min(halfPoints, mostHalfPoints) * pixelsPerHalfPoint }
      : {}),
    ...(bold === undefined ? {} : { bold }),
    ...(italic === undefined ? {} : { italic }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(struck === undefined ? {} : { struck }),
    ...(color === null ? {} : { color: colorOf(color, "w:val", "w:themeColor", theme) })
  }
}

const alignments: Readonly<Record<string, ParagraphFormat["alignment"]>> = {
  left: "left",
  start: "left",
  both: "left",
  center: "center",
  right: "right",
  end: "right"
}

/** The paragraph format that a `w:pPr` states itself. */
export const paragraphFormatOf = (properties: XmlElement | null): ParagraphFormat => {
  const alignment = alignments[statedValue(child(properties, "w:jc")) ?? ""]
  const indent = child(properties, "w:ind")?.attributes
  const indentPx = pixelsOf(indent?.["w:left"] ?? indent?.["w:start"])
  const tabs = child(properties, "w:tabs")
  const stops = (tabs === null ? [] : elements(tabs))
    .filter((tab) => statedValue(tab) !== "clear")
    .map((tab) => pixelsOf(tab.attributes["w:pos"]) ?? 0)
  return {
    ...(alignment === undefined ? {} : { alignment }),
    ...(indentPx === null ? {} : { indentPx }),
    ...(tabs === null ? {} : { tabStopsPx: stops.slice(0, mostTabStops).sort((first, second) => first - second) })
  }
}

/** The complete style of a word. */
export const wordStyleOf = (format: RunFormat): WordStyle => ({
  fontSizePx: format.fontSizePx ?? defaultFontSizePx,
  bold: format.bold ?? false,
  italic: format.italic ?? false,
  color: format.color ?? null
})
