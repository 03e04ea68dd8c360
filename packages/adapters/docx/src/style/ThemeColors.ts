import { child, elements, parseXml, type XmlElement } from "../xml/XmlElement.ts"

/** The theme's colours by name (`accent1`, `dk1`, …), each `#RRGGBB`. */
export type ThemeColors = ReadonlyMap<string, string>

// What documents call the theme's four basic colours, unless their settings map them otherwise (rare).
const aliases: ReadonlyMap<string, string> = new Map([
  ["text1", "dk1"],
  ["text2", "dk2"],
  ["background1", "lt1"],
  ["background2", "lt2"],
  ["dark1", "dk1"],
  ["dark2", "dk2"],
  ["light1", "lt1"],
  ["light2", "lt2"],
  ["hyperlink", "hlink"],
  ["followedHyperlink", "folHlink"]
])

/** `#RRGGBB` of six hexadecimal digits; null for anything else, such as `auto`. */
const hexColor = (value: string | null | undefined): string | null =>
  value != null && /^[\da-f]{6}$/i.test(value) ? `#${value.toUpperCase()}` : null

/** Mixes two colours channel by channel; `share` of the second, 0 to 1. */
const mixColors = (first: string, second: string, share: number): string => {
  const channel = (at: number) => {
    const from = Number.parseInt(first.slice(at, at + 2), 16)
    const to = Number.parseInt(second.slice(at, at + 2), 16)
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, "0")
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`.toUpperCase()
}

/** Reads the colour scheme of a theme part. */
export const readThemeColors = (themeXml: string | null): ThemeColors => {
  if (themeXml === null) return new Map()
  const scheme = child(child(parseXml(themeXml), "a:themeElements"), "a:clrScheme")
  const colors = new Map<string, string>()
  for (const entry of scheme === null ? [] : elements(scheme)) {
    const own = elements(entry)[0]?.attributes
    const color = hexColor(own?.lastClr ?? own?.val)
    if (color !== null) colors.set(entry.name.replace(/^a:/, ""), color)
  }
  return colors
}

const shareOf = (hex: string | undefined): number => (hex === undefined ? 1 : Number.parseInt(hex, 16) / 255)

/**
 * The colour that one group of attributes states: plain (`w:val`, `w:fill`) or by the theme with tint and shade
 * (`w:themeColor`, `w:themeFill`). Null for none and for Word's automatic colour.
 */
export const colorOf = (element: XmlElement, plain: string, themed: string, theme: ThemeColors): string | null => {
  const stated = hexColor(element.attributes[plain])
  if (stated !== null) return stated
  const name = element.attributes[themed]
  const base = name === undefined ? undefined : theme.get(aliases.get(name) ?? name)
  if (base === undefined) return null
  const tinted = mixColors("#FFFFFF", base, shareOf(element.attributes[`${themed}Tint`.replace("Color", "")]))
  return mixColors("#000000", tinted, shareOf(element.attributes[`${themed}Shade`.replace("Color", "")]))
}

/** The fill that a `w:shd` gives, or null where it leaves the background as it is. */
export const fillOf = (shading: XmlElement, theme: ThemeColors): string | null => {
  const fill = colorOf(shading, "w:fill", "w:themeFill", theme)
  const pattern = shading.attributes["w:val"] ?? "clear"
  const share = pattern === "solid" ? 1 : Number(/^pct(\d+)$/.exec(pattern)?.[1] ?? 0) / 100
  if (share === 0) return fill
  const color = colorOf(shading, "w:color", "w:themeColor", theme) ?? "#000000"
  return mixColors(fill ?? "#FFFFFF", color, share)
}
