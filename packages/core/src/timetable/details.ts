import { fold, wordSet } from "./languages.ts"

/** What a line besides the name of a lesson says, where its form tells. */
export type DetailKind = "teacher" | "room"

const titles = wordSet((language) => language.personTitles)
const roomWords = wordSet((language) => language.roomWords)
/** A room's code: `B12`, `R5`, `A007`, `3.14`; alone, so that a name with a number is not one. */
const roomCode = /^\p{Lu}{1,3}[-. ]?\d{1,4}\p{L}?$|^\d{1,2}\.\d{2,3}$/u

/** Tells a teacher by a title before the name and a room by its word or code; null for anything else. */
export const detailKind = (text: string): DetailKind | null => {
  const tokens = fold(text)
    .replace(/[()[\]{}]/g, "")
    .split(/[\s.:]+/)
    .filter((token) => token !== "")
  const [first] = tokens
  if (first === undefined) return null
  if (tokens.length > 1 && tokens.length <= 5 && titles.has(first)) return "teacher"
  // A lab or hall may be what a lesson is called; with a number it is a place.
  const placed = tokens.some((token) => roomWords.has(token)) && tokens.some((token) => /\d/.test(token))
  if (tokens.length > 1 && tokens.length <= 4 && placed) return "room"
  return roomCode.test(text.replace(/[()[\]]/g, "").trim()) ? "room" : null
}

/** Where a line goes on to say teacher or room: after a dash or comma, or in closing brackets. */
const tail = /(?<!\s)\s+[-–—|,]\s+(?<after>[^–—|,]+)$|(?<!\s)\s*[([](?<inside>[^()[\]]+)[)\]]$/u

/** Cuts a teacher or room off the end of a text; null where it does not end in one. */
export const cutDetail = (text: string): { readonly name: string; readonly detail: string } | null => {
  const found = tail.exec(text)
  const detail = found?.groups?.after ?? found?.groups?.inside
  if (!found || !detail || found.index === 0 || detailKind(detail) === null) return null
  return { name: text.slice(0, found.index), detail }
}
