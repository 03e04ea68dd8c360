const narrow = new Set("iljtfrI.,:;'!|()[]{} ")
const wide = new Set("mwMW@%—")

/** About how wide one character is set, in em: no fonts are at hand, and nothing wraps by it. */
const characterWidth = (character: string): number => {
  if (narrow.has(character)) return 0.3
  if (wide.has(character)) return 0.85
  const point = character.codePointAt(0)!
  if (point >= 0x2e80) return 1
  return character !== character.toLowerCase() ? 0.67 : 0.53
}

/** About how wide text is set, in pixels. */
export const textWidth = (text: string, fontSizePx: number): number => {
  let em = 0
  for (const character of text) em += characterWidth(character)
  return em * fontSizePx
}
