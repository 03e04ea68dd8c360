import { median } from "../table/geometry.ts"
import type { Draft } from "../timetable/draft.ts"
import type { ReadBlock } from "./ReadBlock.ts"

/**
 * What speaks against blocks by how they fit into their days: a school day is a chain of blocks that follow on each
 * other, the days are about equally full, and lessons have few lengths.
 */
export const weekDoubts = (blocks: ReadonlyArray<ReadBlock>) => {
  const drafts = blocks.map(({ draft }) => draft)
  const days = new Map([...Map.groupBy(drafts, dayOf)].map(([key, day]) => [key, readDay(day)]))
  const usualCount = median([...days.values()].map(({ count }) => count)) ?? 1
  const lengths = Map.groupBy(drafts, lengthOf)
  const isTimed = drafts.some(({ start }) => start !== null)
  const isNumbered = drafts.some(({ period }) => period !== null)
  const unread = unreadPeriods(drafts)
  return drafts.map((draft) => {
    const day = days.get(dayOf(draft))!
    const length = lengthOf(draft)
    return {
      ...chainDoubts(draft, day),
      startOpen: Number(draft.start === null && (isTimed || !isNumbered)),
      periodGap: draft.start === null ? unread : 0,
      oddMinute: Number([draft.start, draft.end].some((time) => time !== null && time.value % minutesCounted !== 0)),
      oddLength: oddLength(length),
      soleLength: Number(length !== null && lengths.get(length)!.length === 1),
      unevenDay: Math.min(1, Math.abs(day.count - usualCount) / usualCount)
    }
  })
}

/** Schools count in steps of so many minutes. */
const minutesCounted = 5
/** Blocks that last longer, in minutes, are rare; those of twice as long hardly exist. */
const longBlock = 150

const dayOf = ({ className, day, page, week }: Draft): string => JSON.stringify([day?.value, className, week, page])

const lengthOf = ({ end, start }: Draft): number | null => (start && end ? end.value - start.value : null)

const oddLength = (length: number | null): number => {
  if (length === null) return 0
  return length < minutesCounted ? 1 : Math.min(1, Math.max(0, length / longBlock - 1))
}

/** The share of the numbers between the first period and the last that no block has: headers that were not read. */
const unreadPeriods = (drafts: ReadonlyArray<Draft>): number => {
  const periods = new Set(
    drafts.flatMap(({ period, periodEnd }) => [period, periodEnd]).filter((period) => period !== null)
  )
  const ordered = [...periods].toSorted((a, b) => a - b)
  const [first = 0, last = 0] = [ordered[0], ordered.at(-1)]
  return periods.size === 0 ? 0 : 1 - periods.size / (last - first + 1)
}

/** What the blocks of one day claim, in minutes. */
interface Day {
  readonly count: number
  readonly firstStart: number
  readonly lastStart: number
  readonly starts: ReadonlySet<number>
  readonly ends: ReadonlySet<number>
  readonly overlapping: ReadonlySet<Draft>
}

const readDay = (drafts: ReadonlyArray<Draft>): Day => {
  const starts = drafts.flatMap(({ start }) => (start ? [start.value] : []))
  return {
    count: drafts.length,
    firstStart: starts.reduce((first, start) => Math.min(first, start), Infinity),
    lastStart: starts.reduce((last, start) => Math.max(last, start), -Infinity),
    starts: new Set(starts),
    ends: new Set(drafts.flatMap(({ end }) => (end ? [end.value] : []))),
    overlapping: overlappingOf(drafts)
  }
}

/** The drafts that claim minutes of one before or after them in the order of their starts. */
const overlappingOf = (drafts: ReadonlyArray<Draft>): ReadonlySet<Draft> => {
  const timed = drafts.flatMap((draft) =>
    draft.start && draft.end ? [{ draft, start: draft.start.value, end: draft.end.value }] : []
  )
  const overlapping = new Set<Draft>()
  let latest: (typeof timed)[number] | null = null
  for (const block of timed.toSorted((a, b) => a.start - b.start)) {
    if (latest && block.start < latest.end) overlapping.add(block.draft).add(latest.draft)
    if (!latest || block.end > latest.end) latest = block
  }
  return overlapping
}

const chainDoubts = (draft: Draft, day: Day) => {
  const [start, end] = [draft.start?.value ?? null, draft.end?.value ?? null]
  return {
    overlap: Number(day.overlapping.has(draft)),
    endOpen: Number(end === null && start !== null && start < day.lastStart),
    looseStart: Number(start !== null && start > day.firstStart && !day.ends.has(start)),
    looseEnd: Number(end !== null && end <= day.lastStart && !day.starts.has(end))
  }
}
