/** So many words must be there before their letters tell anything. */
const leastWords = 20
/** From this share of garbled words on the text is none: a bad OCR layer, or a font that maps its letters wrongly. */
const mostGarbled = 0.35
/** So many Latin letters must be there before the share of vowels tells anything. */
const leastLetters = 80
/** In the languages of the Latin alphabet two letters in five are vowels; codes and abbreviations have fewer. */
const [fewestVowels, mostVowels] = [0.2, 0.65]

/** Whether the words of a page look like writing, in any language, rather than like letters that were mixed up. */
export const isWriting = (words: ReadonlyArray<string>): boolean => {
  const telling = words.filter((word) => /[\p{L}\p{N}\p{Co}\p{Cn}\ufffd]/u.test(word))
  if (telling.length < leastWords) return true
  if (telling.filter(isGarbled).length > mostGarbled * telling.length) return false
  const letters = telling.join("").normalize("NFD").match(/[a-z]/gi) ?? []
  if (letters.length < leastLetters) return true
  const vowels = letters.filter((letter) => /[aeiouy]/i.test(letter)).length
  return vowels >= fewestVowels * letters.length && vowels <= mostVowels * letters.length
}

/** Whether a word mixes what words do not mix: signs or digits within letters, capitals after small letters, no glyph. */
const isGarbled = (word: string): boolean => {
  if (/[\p{Co}\p{Cn}\p{Cc}\ufffd]/u.test(word)) return true
  const core = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
  return /\p{L}[^\p{L}\p{M}\p{N}\s'’.\-–—/&,:()+]+\p{L}|\p{L}\d+\p{L}|\p{Ll}\p{Lu}\p{Ll}*\p{Lu}/u.test(core)
}
