import type { Word } from "../document/Page.ts"
import { union } from "../table/geometry.ts"
import { type Line, linesOf } from "../table/readingOrder.ts"
import { fold, languages, type MetadataField, wordSet } from "./languages.ts"
import { findTimes } from "./times.ts"

/** What the headings of a document say of the whole timetable. */
export type Metadata = Readonly<Record<Exclude<MetadataField, "year">, string | null>> & {
  readonly year: number | null
}

export const noMetadata: Metadata = { schoolName: null, className: null, teacher: null, term: null, year: null }

/** A gap wider than this many times the height of the writing parts two statements on one line. */
const statementGap = 1.6

/** Lines of writing, cut where wide gaps part them; the order is that of reading. */
export const statementsOf = (words: ReadonlyArray<Word>): ReadonlyArray<Line> => linesOf(words).flatMap(cutAtGaps)

const cutAtGaps = (line: Line): ReadonlyArray<Line> => {
  if (line.rotation !== 0) return [line]
  const parts: Array<Array<Word>> = []
  line.words.forEach((word, i) => {
    const before = line.words[i - 1]
    const gap = before ? word.box.x - (before.box.x + before.box.width) : 0
    if (before && gap < statementGap * line.box.height) parts.at(-1)!.push(word)
    else parts.push([word])
  })
  return parts.map((words) => ({
    words,
    box: union(words.map(({ box }) => box)),
    rotation: line.rotation,
    text: words.map(({ text }) => text).join(" ")
  }))
}

/** Where a label stands before its colon in folded text. */
const labelPattern = (name: string): RegExp => new RegExp(`(?<!\\p{L})${name.replace(".", "\\.")}\\s*:`, "u")

const labels = languages
  .flatMap((language) =>
    (Object.entries(language.labels) as ReadonlyArray<readonly [MetadataField, ReadonlyArray<string>]>).flatMap(
      ([field, names]) => names.map((name) => ({ field, name, pattern: labelPattern(name) }))
    )
  )
  .toSorted((a, b) => b.name.length - a.name.length)
const schoolWords = wordSet((language) => language.schoolWords)
const termWords = wordSet((language) => language.termWords)
const yearPattern = /(?<!\d)(?:19|20)\d{2}(?!\d)/

/** Reads class, teacher, term, school and year off headings: first what is labelled, then what speaks for itself. */
export const metadataOf = (lines: ReadonlyArray<Line>): Metadata => {
  const statements = lines.filter(({ text }) => findTimes(text).length === 0)
  const labelled = new Map<MetadataField, string>()
  for (const { text } of statements) {
    for (const [field, value] of labelledParts(text)) if (!labelled.has(field)) labelled.set(field, value)
  }
  const school = labelled.get("schoolName") ?? largest(statements.filter(({ text }) => namesSchool(text)))?.text
  const term = labelled.get("term") ?? termIn(statements)
  const years = statements.flatMap(({ text }) => yearPattern.exec(text)?.[0] ?? [])
  const year = yearPattern.exec(labelled.get("year") ?? term ?? "")?.[0] ?? years[0]
  return {
    schoolName: school ?? null,
    className: labelled.get("className") ?? classIn(statements) ?? null,
    teacher: labelled.get("teacher") ?? null,
    term: term ?? null,
    year: year === undefined ? null : Number(year)
  }
}

const labelledParts = (text: string): ReadonlyArray<readonly [MetadataField, string]> => {
  if (!text.includes(":")) return []
  const folded = fold(text)
  // Folding keeps the length of most texts; where it does not, places cannot be carried over.
  if (folded.length !== text.length) return []
  const found = labels
    .flatMap(({ field, pattern }) => {
      const at = folded.search(pattern)
      return at < 0 ? [] : [{ field, at, value: folded.indexOf(":", at) + 1 }]
    })
    .toSorted((a, b) => a.at - b.at)
    .filter(({ value }, i, all) => all.findIndex((other) => other.value === value) === i)
  return found.flatMap(({ field, value }, i) => {
    const part = text.slice(value, found[i + 1]?.at).trim()
    return part === "" || part.length > 100 ? [] : [[field, part] as const]
  })
}

const officeWords = wordSet((language) => language.officeWords)

/** The name of a school, and not of who leads it: `Head of School` stands under a signature. */
const namesSchool = (text: string): boolean => hasWord(text, schoolWords) && !hasWord(text, officeWords)

const hasWord = (text: string, words: ReadonlySet<string>): boolean =>
  fold(text)
    .split(/[^\p{L}]+/u)
    .some((word) => words.has(word))

const largest = (lines: ReadonlyArray<Line>): Line | undefined =>
  lines.toSorted((a, b) => b.box.height - a.box.height)[0]

const termIn = (statements: ReadonlyArray<Line>): string | undefined => {
  const names = [...termWords].join("|")
  const pattern = new RegExp(`(?<!\\p{L})(?:${names})(?:\\s+\\d{1,2}(?!\\d))?(?:\\s+(?:19|20)\\d{2})?`, "iu")
  return statements.map(({ text }) => pattern.exec(text)?.[0]).find((found) => found !== undefined)
}

/** A short code such as 4M, 2EJ, 10-B, alone on its line. */
const classIn = (statements: ReadonlyArray<Line>): string | undefined => {
  const code = /^(?:class|classe|year|form)?\s*(\d{1,2}\s?[-/]?\s?\p{Lu}{1,3}|\p{Lu}{1,3}\s?[-/]?\s?\d{1,2}\p{Lu}?)$/u
  return largest(statements.filter(({ text }) => code.test(text)))?.text
}
