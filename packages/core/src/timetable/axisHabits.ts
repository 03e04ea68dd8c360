/** What is usual on one axis of times, learned from the headers that were read well. */
export interface AxisHabits {
  /** Minutes between an end and the next start, and how often. */
  readonly gaps: ReadonlyMap<number, number>
  readonly gapCount: number
  /** Minutes from start to end, and how often. */
  readonly lengths: ReadonlyMap<number, number>
  readonly lengthCount: number
}

interface Range {
  readonly start: { readonly minutes: number }
  readonly end: { readonly minutes: number } | null
}

/** The habits of an axis; null stands for a range that was not read well. */
export const habitsOf = (ranges: ReadonlyArray<Range | null>): AxisHabits => {
  const gaps = ranges.flatMap((range, i) => {
    const next = ranges[i + 1]
    return range?.end && next ? [next.start.minutes - range.end.minutes] : []
  })
  const lengths = ranges.flatMap((range) => (range?.end ? [range.end.minutes - range.start.minutes] : []))
  return { gaps: counted(gaps), gapCount: gaps.length, lengths: counted(lengths), lengthCount: lengths.length }
}

const counted = (values: ReadonlyArray<number>): ReadonlyMap<number, number> =>
  new Map([...Map.groupBy(values, (value) => value)].map(([value, group]) => [value, group.length]))

// Less than a misread digit costs together: habits choose among what could be read, they overrule nothing that was.
const mostOfGap = 3
const mostOfLength = 2
/** So many other values are thought possible beside those that were seen. */
const unseenValues = 8

const surprise = (seen: ReadonlyMap<number, number>, count: number, value: number, most: number): number =>
  // What was seen once may be the very value in doubt, which must not speak for itself.
  Math.min(most, -Math.log((Math.max(0, (seen.get(value) ?? 0) - 1) + 1 / unseenValues) / Math.max(1, count)))

/** How surprising a pause before the next start is, in nats. */
export const surpriseOfGap = ({ gaps, gapCount }: AxisHabits, minutes: number): number =>
  surprise(gaps, gapCount, minutes, mostOfGap)

/** How surprising the length of a range is, in nats. */
export const surpriseOfLength = ({ lengths, lengthCount }: AxisHabits, minutes: number): number =>
  surprise(lengths, lengthCount, minutes, mostOfLength)
