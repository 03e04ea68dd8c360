import { createRequire } from "node:module"
import * as fontkit from "fontkit"

/** Families are kept apart so that what is fitted on some can be measured on others. */
export type FamilySet = "fitted" | "unseen"

/** A typeface that documents are set in; its files are npm packages, never fonts of the machine. */
export interface FontFamily {
  readonly id: string
  /** As Word is told it. */
  readonly name: string
  readonly set: FamilySet
  /** Whether it looks written by hand; schools print few timetables so. */
  readonly isHand: boolean
  readonly regularPath: string
  readonly boldPath: string
}

const require = createRequire(import.meta.url)

const family = (
  id: string,
  name: string,
  set: FamilySet,
  { isHand = false, boldWeight = "700Bold" }: { readonly isHand?: boolean; readonly boldWeight?: string } = {}
): FontFamily => {
  const stem = name.replaceAll(" ", "")
  const path = (weight: string) => require.resolve(`@expo-google-fonts/${id}/${weight}/${stem}_${weight}.ttf`)
  return { id, name, set, isHand, regularPath: path("400Regular"), boldPath: path(boldWeight) }
}

/** Every typeface; Patrick Hand has one weight, which serves as its bold. */
export const fontFamilies: ReadonlyArray<FontFamily> = [
  family("arimo", "Arimo", "fitted"),
  family("carlito", "Carlito", "fitted"),
  family("comic-neue", "Comic Neue", "fitted"),
  family("tinos", "Tinos", "fitted"),
  family("patrick-hand", "Patrick Hand", "fitted", { isHand: true, boldWeight: "400Regular" }),
  family("roboto", "Roboto", "fitted"),
  family("lato", "Lato", "unseen"),
  family("open-sans", "Open Sans", "unseen"),
  family("pt-serif", "PT Serif", "unseen"),
  family("caveat", "Caveat", "unseen", { isHand: true })
]

const opened = new Map<string, fontkit.Font>()

/** The font file of one weight, opened once. */
export const openFont = (fontFamily: FontFamily, bold: boolean): fontkit.Font => {
  const path = bold ? fontFamily.boldPath : fontFamily.regularPath
  const known = opened.get(path)
  if (known) return known
  const font = fontkit.openSync(path)
  if (font.type !== "TTF" && font.type !== "WOFF" && font.type !== "WOFF2")
    throw new Error(`${path} holds no single font`)
  opened.set(path, font as fontkit.Font)
  return font as fontkit.Font
}

const advances = new WeakMap<fontkit.Font, Map<string, number>>()

/** Width in points of a text set in `size` points. Shaping is dear and pages are tried at many sizes: kept in font units. */
export const textWidth = (font: fontkit.Font, text: string, size: number): number => {
  const known = advances.get(font) ?? new Map<string, number>()
  advances.set(font, known)
  // fontkit reads past the end of a font whose last glyph is an empty no-break space, which is as wide as a space.
  const advance = known.get(text) ?? font.layout(text.replaceAll("\u00a0", " ")).advanceWidth
  known.set(text, advance)
  return (advance / font.unitsPerEm) * size
}
