import type { Word } from "../document/Page.ts"
import type { Line } from "../table/readingOrder.ts"
import { linesOf } from "../table/readingOrder.ts"
import { type CellText, cellText, type Vocabulary, wordsBetween } from "./cellText.ts"
import { type ResolvedClock, resolveClocks, uses24 } from "./clocks.ts"
import { findDays } from "./days.ts"
import { type Draft, draftOf } from "./draft.ts"
import type { TableContext } from "./placed.ts"
import type { Sourced } from "./sourced.ts"
import { findTimes, type TimeMention, withoutTimes } from "./times.ts"
import { cutWhereClockStartsAnew, daysOfUnread } from "./unreadHeadings.ts"

interface Entry {
  readonly text: CellText
  readonly mention: TimeMention
  readonly days: ReadonlyArray<Sourced<number> | null>
}

/** A heading of days says little more than the days. */
const headingLimit = 24

/** The days that a heading names, when it says little else, or at its end: `Daily Schedule: Monday - Friday`. */
export const daysOfHeading = (text: CellText): ReadonlyArray<Sourced<number>> => {
  const from = findDays(text.text) ? 0 : titleLength(text.text)
  const mention = from === null ? null : findDays(text.text.slice(from))
  if (!mention || mention.spelling === "initial" || mention.rest.length > headingLimit) return []
  return mention.days.map(([value]) => ({
    value: value!,
    words: wordsBetween(text, from!, text.text.length),
    rule: "day-heading",
    repaired: mention.spelling === "repaired",
    certainty: mention.spelling === "repaired" ? 0.9 : 0.99
  }))
}

/** A title before days is no longer than this. */
const titleLimit = 40
/** A single day is a heading's where a sign parts it from the title; a sentence may end with one. */
const titleEnd = /[:(,|–—-]\s*$/u

/** Where the days begin that end a title, spelled out; null where it ends in none. */
const titleLength = (text: string): number | null => {
  for (const { index } of text.matchAll(/(?<!\p{L})\p{L}{3}/gu)) {
    if (index > titleLimit) return null
    const mention = index > 0 ? findDays(text.slice(index)) : null
    if (mention?.spelling !== "name") continue
    const isSaid = mention.days.length > 1 || titleEnd.test(text.slice(0, index))
    return isSaid && mention.rest === "" ? index : null
  }
  return null
}

/** Reads a timetable set as lines of text, `time – time: lesson`, under headings of days if there are any. */
export const readProse = (
  words: ReadonlyArray<Word>,
  vocabulary: Vocabulary,
  context: TableContext
): ReadonlyArray<Draft> => {
  let days: ReadonlyArray<Sourced<number> | null> = context.days.length > 0 ? context.days : [null]
  const entries: Array<Entry> = []
  for (const line of linesOf(words)) {
    const text = cellText(line.words, null, vocabulary)
    const mention = ownMention(line, text)
    const heading = daysOfHeading(text)
    if (mention) {
      entries.push({ text, mention, days: heading.length > 0 ? heading : days })
    } else if (heading.length > 0) {
      days = heading
    }
  }
  // One timed line is a sentence that mentions a time, not a timetable.
  if (entries.length < 2) return []
  const groups = [...Map.groupBy(entries, (entry) => entry.days).values()].map((group) => draftsOf(group, context))
  return groups.flatMap((drafts, i) => {
    if (!isOfOneDay(drafts)) return drafts
    return daysOfUnread({ lists: cutWhereClockStartsAnew(drafts), next: groups[i + 1]?.[0]?.day?.value ?? null })
  })
}

const isOfOneDay = (drafts: ReadonlyArray<Draft>): boolean =>
  new Set(drafts.map(({ day }) => day?.value ?? null)).size === 1 && drafts[0]!.day !== null

/** A name before its time ends in a sign. */
const nameBefore = /\p{L}.*[:,|–—-]\s*$/u

/** The time that opens a line, before its lesson, or a range behind it; a time inside a sentence is no entry. */
const ownMention = (line: Line, text: CellText): TimeMention | null => {
  const mention = findTimes(text.text)[0]
  if (!mention || line.rotation !== 0) return null
  const before = text.text.slice(0, mention.from)
  const closes = mention.end !== null && nameBefore.test(before) && !/[\p{L}\p{N}]/u.test(text.text.slice(mention.to))
  const opens = before.replace(/[\s\p{P}\p{S}]+/gu, "") === "" || findDays(before)?.rest === ""
  return opens || closes ? mention : null
}

const draftsOf = (entries: ReadonlyArray<Entry>, context: TableContext): ReadonlyArray<Draft> => {
  const mentions = entries.map(({ mention }) => mention)
  const clocks = mentions.flatMap(({ start, end }) => (end ? [start, end] : [start]))
  const misread = entries.some(({ text }) => text.pieces.some(({ word }) => word.source === "ocr"))
  const times = resolveClocks(mentions, { within: context.within, uses24: uses24(clocks), misread })
  return entries.flatMap(({ text, mention, days }, i) => {
    const { start, end } = times[i]!
    const name = withoutTimes(text.text, [mention])
      .replaceAll("\n", " ")
      .replace(/^[\s\p{P}]+(?=\p{L})/u, "")
    if (!/[\p{L}\p{N}]/u.test(name)) return []
    const sourced = (
      resolved: ResolvedClock,
      clock: TimeMention["start"],
      { text }: Entry = entries[i]!
    ): Sourced<number> => ({
      value: resolved.minutes,
      words: wordsBetween(text, clock.from, clock.to),
      rule: "time-of-line",
      repaired: resolved.repaired,
      certainty: resolved.certainty
    })
    const [next, nextEntry] = [times[i + 1]?.start, entries[i + 1]]
    const printedEnd = end && mention.end ? sourced(end, mention.end) : null
    const inferredEnd =
      next && nextEntry && next.minutes > start.minutes
        ? { ...sourced(next, nextEntry.mention.start, nextEntry), rule: "next-start", certainty: 0.97 }
        : null
    return days.map((day) =>
      draftOf({
        page: context.page,
        day,
        start: sourced(start, mention.start),
        end: printedEnd ?? inferredEnd,
        name: {
          value: name,
          words: text.pieces.filter(({ from, to }) => to <= mention.from || from >= mention.to).map(({ word }) => word),
          rule: "line-text",
          repaired: false,
          certainty: 0.98
        }
      })
    )
  })
}
