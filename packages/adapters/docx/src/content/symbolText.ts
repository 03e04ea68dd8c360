/** Glyphs of Wingdings and Symbol that mean something in a timetable, by their place in the font. */
const glyphs: ReadonlyMap<number, string> = new Map([
  [0xdf, "←"],
  [0xe0, "→"],
  [0xe8, "→"],
  [0xfb, "✗"],
  [0xfc, "✓"],
  [0xfd, "☒"],
  [0xfe, "☑"]
])

/**
 * The character that a `w:sym` shows, given its hexadecimal code. Codes from F000 are places in a symbol font; of
 * those only a few have a meaning as text, the others are ornaments and give nothing.
 */
export const symbolText = (code: string): string => {
  const point = Number.parseInt(code, 16)
  if (Number.isNaN(point) || point > 0xffff) return ""
  return point >= 0xf000 && point <= 0xf0ff ? (glyphs.get(point - 0xf000) ?? "") : String.fromCodePoint(point)
}
