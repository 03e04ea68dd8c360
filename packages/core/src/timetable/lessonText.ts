import type { Word } from "../document/Page.ts"
import { median } from "../table/geometry.ts"
import type { CellReading } from "./cellReading.ts"
import { type CellText, wordsBetween } from "./cellText.ts"
import type { ResolvedRange } from "./clocks.ts"
import { cutDetail, type DetailKind, detailKind } from "./details.ts"
import type { TimeMention } from "./times.ts"
import { weekMarkOf } from "./weeks.ts"

/** Text with the words that it was read from. */
export interface SourcedText {
  readonly value: string
  readonly words: ReadonlyArray<Word>
}

/** One lesson that a cell prints: what it is, what is said besides, and its own time if it prints one. */
export interface LessonText {
  readonly name: SourcedText
  readonly notes: SourcedText | null
  /** Printed apart from the name, and part of the notes. */
  readonly teacher: string | null
  readonly room: string | null
  readonly time: TimeMention | null
  /** What its time must be, where it was misread. */
  readonly putRight: ResolvedRange | null
  /** The week of a cycle with which the lesson is marked. */
  readonly week: string | null
  /** Whether the name was completed by what it must be. */
  readonly repaired: boolean
}

interface TextLine {
  readonly from: number
  readonly to: number
  readonly words: ReadonlyArray<Word>
  readonly value: string
}

/**
 * Splits the text of a cell into lessons: one, or one for each line that begins with a time of its own or with the mark
 * of another week.
 */
export const lessonsOf = (reading: CellReading): ReadonlyArray<LessonText> => {
  const { text } = reading
  const weeks = markedWeeks(text.text)
  if (weeks.length > 0) {
    return weeks.flatMap(({ from, week }, i) => {
      const to = weeks[i + 1]?.at ?? text.text.length
      const time = reading.times.find((mention) => mention.from >= from && mention.to <= to) ?? null
      return lessonBetween(text, from, to, time && isOwnTime(text.text, time) ? time : null, "").map(
        (lesson): LessonText => ({ ...lesson, week })
      )
    })
  }
  const own = reading.times.filter((mention) => isOwnTime(text.text, mention))
  const starts = own.filter(({ from }) => lineStart(text.text, from) === from)
  if (starts.length >= 2) {
    return starts.flatMap((mention, i) => {
      const to = starts[i + 1]?.from ?? text.text.length
      return lessonBetween(text, mention.from, to, mention, i === 0 ? text.text.slice(0, mention.from) : "")
    })
  }
  return lessonBetween(text, 0, text.text.length, own.length === 1 ? own[0]! : null, "")
}

interface MarkedWeek {
  readonly week: string
  /** Where the line begins, and where what it says of the week. */
  readonly at: number
  readonly from: number
}

/** Lines marked with weeks, the first line among them: two weeks at least, or one by its whole name. */
const markedWeeks = (text: string): ReadonlyArray<MarkedWeek> => {
  const marked = [...text.matchAll(/^.*$/gmu)].flatMap(({ 0: line, index }) => {
    const mark = weekMarkOf(line)
    return mark ? [{ week: mark.week, at: index, from: index + mark.length, named: mark.length > 3 }] : []
  })
  const differ = new Set(marked.map(({ week }) => week)).size === marked.length
  return marked[0]?.at === 0 && differ && (marked.length > 1 || marked[0].named) ? marked : []
}

const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf("\n", at)
  return end < 0 ? text.length : end
}

/** A time is the lesson's own when it opens or closes a line; inside a sentence it is only mentioned. */
const isOwnTime = (text: string, mention: TimeMention): boolean => {
  const before = text.slice(lineStart(text, mention.from), mention.from).replace(/[\s(:[-]+/g, "")
  const after = text.slice(mention.to, lineEnd(text, mention.to)).replace(/[\s):\].,-]+/g, "")
  if (mention.end === null) return before === "" && (after === "" || mention.from === 0)
  if (mention.start.bare && mention.end.bare) return before === "" && after === ""
  return before === "" || after === ""
}

const lessonBetween = (
  text: CellText,
  from: number,
  to: number,
  time: TimeMention | null,
  heading: string
): ReadonlyArray<LessonText> => {
  const lines = textLines(text, from, to, time)
  const { name, notes } = splitDetails(splitNotes(lines))
  const value = joinLines(name)
  const before = heading.trim().replace(/\s+/g, " ")
  const headingWords = before === "" ? [] : wordsBetween(text, 0, from)
  if (!/[\p{L}\p{N}]/u.test(heading + value)) return []
  return [
    {
      name: {
        value: before === "" ? value : `${before} ${value}`,
        words: [...headingWords, ...wordsOf(name)]
      },
      notes: notes.length === 0 ? null : { value: joinLines(notes), words: wordsOf(notes) },
      teacher: detailIn(notes, "teacher"),
      room: detailIn(notes, "room"),
      repaired: false,
      week: null,
      putRight: null,
      time
    }
  ]
}

const wordsOf = (lines: ReadonlyArray<TextLine>): ReadonlyArray<Word> => [
  ...new Set(lines.flatMap((line) => line.words))
]

const joinLines = (lines: ReadonlyArray<TextLine>): string =>
  lines
    .map(({ value }) => value)
    .join(" ")
    .replace(/(?<=^|\s)[|_=~¦]+(?=\s|$)/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[\s:;,–—-]+|[\s:;,–—-]+$/g, "")

/** Lines of a stretch of text without the time; a line that held nothing else is gone. */
const textLines = (text: CellText, from: number, to: number, time: TimeMention | null): ReadonlyArray<TextLine> => {
  const lines: Array<TextLine> = []
  for (let at = from; at < to; ) {
    const end = Math.min(lineEnd(text.text, at), to)
    const parts = (
      time === null || time.from >= end || time.to <= at
        ? [[at, end] as const]
        : ([
            [at, Math.max(at, time.from)],
            [Math.min(end, time.to), end]
          ] as const)
    ).filter(([a, b]) => text.text.slice(a, b).replace(/[\s:;,.()[\]–—-]+/g, "") !== "")
    for (const [a, b] of parts) {
      lines.push({ from: a, to: b, words: wordsBetween(text, a, b), value: text.text.slice(a, b).trim() })
    }
    at = end + 1
  }
  return lines
}

/** Fonts differ when one is this much larger. OCR measures lines, not fonts, and is less sure. */
const largerNative = 1.12
const largerOcr = 1.45

/**
 * Parts the name from the notes by how they are set: the largest lines, or the bold ones among plain, are the name.
 * Where all are set alike, a later line in brackets begins the notes.
 */
const splitNotes = (lines: ReadonlyArray<TextLine>): Split => {
  const largest = Math.max(...lines.map(sizeOf))
  const larger = lines.some(({ words }) => words.some(({ source }) => source === "ocr")) ? largerOcr : largerNative
  const large = lines.filter((line) => sizeOf(line) * larger > largest)
  const bold = large.filter(isBold)
  const main = large.length < lines.length ? large : bold.length > 0 && bold.length < lines.length ? bold : null
  if (main) {
    const first = lines.indexOf(main[0]!)
    const last = lines.findIndex((line, i) => i > first && !main.includes(line))
    const name = lines.slice(first, last < 0 ? lines.length : last)
    return { name, notes: lines.filter((line) => !name.includes(line)) }
  }
  const bracket = lines.findIndex(({ value }, i) => i > 0 && /^[([{]/.test(value))
  return bracket < 0 ? { name: lines, notes: [] } : { name: lines.slice(0, bracket), notes: lines.slice(bracket) }
}

interface Split {
  readonly name: ReadonlyArray<TextLine>
  readonly notes: ReadonlyArray<TextLine>
}

/** Moves what names a teacher or a room, and all after it, from the name to the notes. */
const splitDetails = ({ name, notes }: Split): Split => {
  const first = name.findIndex(({ value }, i) => i > 0 && !isInBrackets(name, i) && detailKind(value) !== null)
  const kept = first < 0 ? name : name.slice(0, first)
  const moved = first < 0 ? notes : [...name.slice(first), ...notes]
  const joined: TextLine = { from: 0, to: 0, words: wordsOf(kept), value: joinLines(kept) }
  const cut = cutDetail(joined.value)
  if (!cut) return { name: kept, notes: moved }
  const before = cut.name.split(" ").length
  return {
    name: [{ ...joined, value: cut.name, words: joined.words.slice(0, before) }],
    notes: [{ ...joined, value: cut.detail, words: joined.words.slice(before) }, ...moved]
  }
}

/** Whether brackets that were opened on a line before are closed on this one or later: then it goes on with that line. */
const isInBrackets = (lines: ReadonlyArray<TextLine>, at: number): boolean => {
  const before = joinLines(lines.slice(0, at))
  const opened = Math.max(before.lastIndexOf("("), before.lastIndexOf("["))
  return opened > Math.max(before.lastIndexOf(")"), before.lastIndexOf("]")) && /[)\]]/.test(joinLines(lines.slice(at)))
}

const detailIn = (notes: ReadonlyArray<TextLine>, kind: DetailKind): string | null =>
  notes.find(({ value }) => detailKind(value) === kind)?.value.replace(/^[([{]|[)\]}]$/g, "") ?? null

const sizeOf = ({ words }: TextLine): number => median(words.map(({ style }) => style?.fontSizePx ?? 0)) ?? 0

const isBold = ({ words }: TextLine): boolean =>
  words.length > 0 && 2 * words.filter(({ style }) => style?.bold).length > words.length
