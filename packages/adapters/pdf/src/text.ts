const presentationForms = /[ﬀ-ﬆﭐ-﷿ﹰ-ﻼ]/g
const softHyphens = /\u00AD/g
// Control and format characters, and the private use areas, where icon fonts keep their pictures.
const unreadable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFC-\uFFFF]/gu
const rightToLeft = /[\u0590-\u08FF]/
const plain = /^[\u0021-\u007E]*$/

/**
 * The text of glyphs as people would type it: ligatures and presentation forms taken apart, NFC, without control
 * characters and icons. Glyphs come as they stand from left to right, so Hebrew and Arabic are turned round.
 */
export const readableText = (glyphs: string): string => {
  if (plain.test(glyphs)) return glyphs
  const text = glyphs
    .replace(presentationForms, (form) => form.normalize("NFKC"))
    .replace(softHyphens, "-")
    .replace(unreadable, "")
    .normalize("NFC")
  return rightToLeft.test(text) ? [...text].reverse().join("") : text
}
