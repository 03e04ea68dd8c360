import type { Word } from "../document/Page.ts"
import { overlap, union } from "../table/geometry.ts"

/** A word this sure and this long is a name, and tells that the cell holds one. */
const sureName = 0.85
const nameLength = 4
/** A line that is shorter and less sure beside a name is an icon, a mark or the rest of a border. */
const sureMark = 0.9
/** What stands aside of a name and is less sure is an icon. */
const sureAside = 0.7
/** A cell with nothing but so little, so unsure, holds no word: placeholders and specks. */
const sureShort = 0.65
const shortLength = 2

const written = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, "").length

/** Drops from the lines of one cell what is no writing: icons beside a name, placeholders, remains of borders. */
export const withoutDecorations = (lines: ReadonlyArray<ReadonlyArray<Word>>): ReadonlyArray<Word> => {
  const words = lines.flat()
  const names = lines.filter((line) => line.some(isSureName))
  if (names.length > 0) return lines.flatMap((line) => (isDecoration(line, names) ? [] : withoutMarks(line)))
  const sure = words.some(({ text, confidence }) => written(text) > shortLength || confidence >= sureShort)
  return sure ? words : []
}

const isSureName = ({ text, confidence }: Word): boolean => written(text) >= nameLength && confidence >= sureName

const isDecoration = (line: ReadonlyArray<Word>, names: ReadonlyArray<ReadonlyArray<Word>>): boolean => {
  const text = line.map((word) => word.text).join("")
  const confidence = Math.min(...line.map((word) => word.confidence))
  // Dashes between two times, and times themselves, stand on lines of their own in narrow cells.
  if (/^[-–—]+$/.test(text) || /\d{2}|\d\s*[-–—]/.test(text)) return false
  const length = written(text)
  if (length === 0 || (length <= shortLength && confidence < sureMark)) return true
  // What stands above or below a name may be part of it, however hard it was to read; icons stand aside.
  return length <= 5 && confidence < sureAside && !names.some((name) => name !== line && standsInLine(line, name))
}

const standsInLine = (line: ReadonlyArray<Word>, name: ReadonlyArray<Word>): boolean => {
  const [a, b] = [union(line.map(({ box }) => box)), union(name.map(({ box }) => box))]
  return line[0]!.rotation % 180 === 0
    ? overlap(a.x, a.x + a.width, b.x, b.x + b.width) > 0
    : overlap(a.y, a.y + a.height, b.y, b.y + b.height) > 0
}

/** Signs at either end of a line that were hardly read are icons; inside it they may be printed. */
const withoutMarks = (line: ReadonlyArray<Word>): ReadonlyArray<Word> => {
  const isMark = ({ text, confidence }: Word) => written(text) === 0 && !/^[-–—]+$/.test(text) && confidence < sureMark
  const first = line.findIndex((word) => !isMark(word))
  const last = line.findLastIndex((word) => !isMark(word))
  return first < 0 ? [] : line.slice(first, last + 1)
}
