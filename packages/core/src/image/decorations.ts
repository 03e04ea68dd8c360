import type { Word } from "../document/Page.ts"

/** A word this sure and this long is a name, and tells that the cell holds one. */
const sureName = 0.85
const nameLength = 4
/** What is shorter and less sure beside a name is an icon, a mark or the rest of a border. */
const sureMark = 0.9
const unreadable = 0.35
/** A cell with nothing but so little, so unsure, holds no word: placeholders and specks. */
const sureShort = 0.65
const shortLength = 2

const letters = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, "").length

/** Drops from the words of one cell what is no writing: icons beside a name, placeholders, remains of borders. */
export const withoutDecorations = (words: ReadonlyArray<Word>): ReadonlyArray<Word> => {
  const named = words.some(({ text, confidence }) => letters(text) >= nameLength && confidence >= sureName)
  if (named) return words.filter(isWriting)
  const sure = words.some(({ text, confidence }) => letters(text) > shortLength || confidence >= sureShort)
  return sure ? words : []
}

const isWriting = ({ text, confidence }: Word): boolean => {
  const length = letters(text)
  if (length === 0) return confidence >= sureMark || (/^[-–—&/+]+$/.test(text) && confidence >= 0.8)
  if (length <= shortLength) return confidence >= sureMark
  return length > 5 || confidence >= unreadable
}
