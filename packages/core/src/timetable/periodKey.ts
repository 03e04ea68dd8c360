import type { Word } from "../document/Page.ts"
import { isWithinEdits } from "../internal/editDistance.ts"
import type { Line } from "../table/readingOrder.ts"
import { resolveClocks, uses24 } from "./clocks.ts"
import type { Draft } from "./draft.ts"
import { fold } from "./languages.ts"
import type { PageReading } from "./pageReading.ts"
import { findPeriod } from "./periods.ts"
import type { Sourced } from "./sourced.ts"
import { findTimes, withoutTimes } from "./times.ts"

/** When one period or break is, as a key says. */
interface KeyEntry {
  /** The folded text beside the time. */
  readonly name: string
  readonly period: number | null
  /** Whether OCR read it, so that letters of the name may be wrong. */
  readonly isMisread: boolean
  readonly start: Sourced<number>
  readonly end: Sourced<number>
}

const isFromOcr = ({ source }: Word): boolean => source === "ocr"

interface Key {
  readonly entries: ReadonlyArray<KeyEntry>
  /** Drafts that are entries of the key and no lessons. */
  readonly drafts: ReadonlySet<Draft>
}

/** A key says of so many periods at least when they are. */
const leastPeriods = 2

/**
 * Gives lessons that have a period and no time the times of a key elsewhere: a table or lines such as `Period 1: 8:40 –
 * 9:20`. The key of a lesson's own page is asked first.
 */
export const withPeriodKeys = <P extends PageReading>(pages: ReadonlyArray<P>): ReadonlyArray<P> => {
  const lacks = pages.some(({ drafts }) => drafts.some(({ period, start }) => period !== null && start === null))
  if (!lacks) return pages
  const keys = pages.map(keyOf)
  const all = keys.flatMap(({ entries }) => entries)
  if (all.length === 0) return pages
  return pages.map((page, i) => {
    const { drafts, entries } = keys[i]!
    const timed = page.drafts.filter((draft) => !drafts.has(draft)).map((draft) => timedBy([...entries, ...all], draft))
    return { ...page, drafts: timed }
  })
}

const timedBy = (entries: ReadonlyArray<KeyEntry>, draft: Draft): Draft => {
  if (draft.start !== null) return draft
  const { period, periodEnd } = draft
  const named = fold(draft.name.value)
  const first = period === null ? entryNamed(entries, named) : entries.find((entry) => entry.period === period)
  const last = periodEnd === null ? first : entries.find((entry) => entry.period === periodEnd)
  return first && last ? { ...draft, start: first.start, end: last.end } : draft
}

/** Of a name this share of the letters may be misread, in the key or in the grid. */
const misreadShare = 1 / 3

const entryNamed = (entries: ReadonlyArray<KeyEntry>, name: string): KeyEntry | undefined =>
  entries.find((entry) => entry.name === name) ??
  entries.find(
    (entry) =>
      entry.isMisread &&
      isWithinEdits(entry.name, name, Math.floor(misreadShare * Math.max(entry.name.length, name.length)))
  )

const keyOf = ({ drafts, statements }: PageReading): Key => {
  const listed = drafts.filter(({ day, end, start }) => day === null && start !== null && end !== null)
  const fromList = listed.map(
    ({ end, name, start }): KeyEntry => ({
      name: fold(name.value),
      period: findPeriod(name.value),
      isMisread: name.words.some(isFromOcr),
      start: { ...start!, rule: "period-key" },
      end: { ...end!, rule: "period-key" }
    })
  )
  const isKey = fromList.filter(({ period }) => period !== null).length >= leastPeriods
  const fromLines = entriesOfLines(statements)
  return { entries: [...(isKey ? fromList : []), ...fromLines], drafts: new Set(isKey ? listed : []) }
}

/** A name and its colon right before a time, where OCR saw no space: of `Period 4:11.35` the 4 is no hour. */
const nameBeforeTime = /\p{L}\s*\d{0,2}:(?=\d{1,2}[:.h]\d{2})/u

const entriesOfLines = (lines: ReadonlyArray<Line>): ReadonlyArray<KeyEntry> => {
  const stated = lines.flatMap((line) => {
    const text = line.text.replace(nameBeforeTime, "$& ")
    const [mention, another] = findTimes(text)
    if (!mention?.end || another) return []
    const name = withoutTimes(text, [mention]).replaceAll("\n", " ")
    return name === ""
      ? []
      : [{ line, name, period: findPeriod(name), range: { start: mention.start, end: mention.end } }]
  })
  if (stated.filter(({ period }) => period !== null).length < leastPeriods) return []
  const ranges = stated.map(({ line, range }) => {
    const confidence = Math.min(...line.words.map((word) => word.confidence))
    return { ...range, confidence: [confidence, confidence] as const }
  })
  const clocks = ranges.flatMap(({ end, start }) => [start, end])
  const misread = stated.some(({ line }) => line.words.some(isFromOcr))
  const resolved = resolveClocks(ranges, { ordered: true, misread, uses24: uses24(clocks) })
  return stated.map(({ line, name, period }, i) => {
    const sourced = ({ minutes, certainty, repaired }: { minutes: number; certainty: number; repaired: boolean }) => ({
      value: minutes,
      words: line.words,
      rule: "period-key",
      repaired,
      certainty
    })
    const { end, start } = resolved[i]!
    return { name: fold(name), period, isMisread: misread, start: sourced(start), end: sourced(end!) }
  })
}
