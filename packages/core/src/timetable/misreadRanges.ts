import { type ResolvedRange, resolveClocks, uses24 } from "./clocks.ts"
import type { LessonText } from "./lessonText.ts"
import type { Placed } from "./placed.ts"
import type { TimeMention } from "./times.ts"

/** A lesson that prints a range of times of its own. */
interface Printed {
  readonly lesson: LessonText
  readonly mention: TimeMention
  readonly range: ResolvedRange
}

/**
 * Puts ranges right that OCR misread in lessons that print their own: on a day of which one ends before it begins, those
 * are another that fit between what comes before and after them by a digit. Most of the day has to stay as it is.
 */
export const withMisreadRanges = (cells: ReadonlyArray<Placed>): ReadonlyArray<Placed> => {
  const ofDay = Map.groupBy(cells, ({ days, group, week }) =>
    JSON.stringify([days.map(({ value }) => value), group, week])
  )
  const repairs = new Map([...ofDay.values()].flatMap(repairsOf))
  if (repairs.size === 0) return cells
  return cells.map((cell) => ({
    ...cell,
    lessons: cell.lessons.map((lesson) => ({ ...lesson, putRight: repairs.get(lesson) ?? null }))
  }))
}

const repairsOf = (cells: ReadonlyArray<Placed>): ReadonlyArray<readonly [LessonText, ResolvedRange]> => {
  const isRead = cells.some(({ reading }) => reading.cell.words.some(({ source }) => source === "ocr"))
  const printed = isRead ? cells.toSorted((a, b) => a.from - b.from).flatMap(rangesOf) : []
  if (!printed.some(isImpossible)) return []
  const mentions = printed.map(({ mention }) => mention)
  const settled = resolveClocks(mentions, { ordered: true, misread: true, uses24: uses24(clocksOf(mentions)) })
  const changed = printed.flatMap(({ lesson, range }, i) =>
    isSame(range, settled[i]!) ? [] : [[lesson, settled[i]!] as const]
  )
  return 2 * changed.length <= printed.length ? changed : []
}

const rangesOf = ({ lessons }: Placed): ReadonlyArray<Printed> =>
  lessons.flatMap((lesson) => {
    if (!lesson.time?.end) return []
    const [range] = resolveClocks([lesson.time], { uses24: uses24(clocksOf([lesson.time])) })
    return [{ lesson, mention: lesson.time, range: range! }]
  })

const clocksOf = (mentions: ReadonlyArray<TimeMention>) =>
  mentions.flatMap(({ end, start }) => (end ? [start, end] : [start]))

const isImpossible = ({ range: { end, start } }: Printed): boolean => end !== null && end.minutes <= start.minutes

const isSame = (a: ResolvedRange, b: ResolvedRange): boolean =>
  a.start.minutes === b.start.minutes && a.end?.minutes === b.end?.minutes
