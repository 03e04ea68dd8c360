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
  readonly start: Sourced<number>
  readonly end: Sourced<number>
}

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
  const first = entries.find((entry) => (period === null ? entry.name === named : entry.period === period))
  const last = periodEnd === null ? first : entries.find((entry) => entry.period === periodEnd)
  return first && last ? { ...draft, start: first.start, end: last.end } : draft
}

const keyOf = ({ drafts, statements }: PageReading): Key => {
  const listed = drafts.filter(({ day, end, start }) => day === null && start !== null && end !== null)
  const fromList = listed.map(
    ({ end, name, start }): KeyEntry => ({
      name: fold(name.value),
      period: findPeriod(name.value),
      start: { ...start!, rule: "period-key" },
      end: { ...end!, rule: "period-key" }
    })
  )
  const isKey = fromList.filter(({ period }) => period !== null).length >= leastPeriods
  const fromLines = entriesOfLines(statements)
  return { entries: [...(isKey ? fromList : []), ...fromLines], drafts: new Set(isKey ? listed : []) }
}

const entriesOfLines = (lines: ReadonlyArray<Line>): ReadonlyArray<KeyEntry> => {
  const stated = lines.flatMap((line) => {
    const [mention, another] = findTimes(line.text)
    if (!mention?.end || another) return []
    const name = withoutTimes(line.text, [mention]).replaceAll("\n", " ")
    return name === ""
      ? []
      : [{ line, name, period: findPeriod(name), range: { start: mention.start, end: mention.end } }]
  })
  if (stated.filter(({ period }) => period !== null).length < leastPeriods) return []
  const ranges = stated.map(({ range }) => range)
  const clocks = ranges.flatMap(({ end, start }) => [start, end])
  const resolved = resolveClocks(ranges, { ordered: true, uses24: uses24(clocks) })
  return stated.map(({ line, name, period }, i) => {
    const sourced = ({ minutes, certainty, repaired }: { minutes: number; certainty: number; repaired: boolean }) => ({
      value: minutes,
      words: line.words,
      rule: "period-key",
      repaired,
      certainty
    })
    const { end, start } = resolved[i]!
    return { name: fold(name), period, start: sourced(start), end: sourced(end!) }
  })
}
