import type { Line } from "../sheet/Sheet.ts"
import { hhmm, printClock, printRange } from "../week/clock.ts"
import type { Slot } from "../week/SchoolWeek.ts"
import type { LayoutContext } from "./Layout.ts"
import { styled } from "./Look.ts"

/** What the headers of a grid's time axis print. */
export type TimeAxisKind =
  | "range"
  | "start-only"
  | "start-over-end"
  | "start-and-end-cells"
  | "period-only"
  | "period-over-range"
  | "period-and-range-cells"

/** The headers of one time axis. */
export interface TimeAxis {
  readonly kind: TimeAxisKind
  /** Header cells a slot: one or two. */
  readonly depth: 1 | 2
  /** The lines of each header cell of a slot. */
  readonly headersOf: (slot: Slot) => ReadonlyArray<ReadonlyArray<Line>>
  /** What stands above the headers, one text a cell. */
  readonly corners: ReadonlyArray<string>
}

/** The headers of a kind, in the document's clock style. */
export const makeTimeAxis = (context: LayoutContext, kind: TimeAxisKind): TimeAxis => {
  const { clock, look, random, week } = context
  const { labels } = week.vocabulary
  const text = (value: string): Array<Line> => [[styled(value, look.header)]]
  const periodPrefix = random.pick(["", "P", `${labels.period} `])
  const period = (slot: Slot): Array<Line> => (slot.period === null ? [] : text(`${periodPrefix}${slot.period}`))
  const range = (slot: Slot) => text(printRange(clock, slot.start, slot.end))
  const start = (slot: Slot) => text(printClock(clock, slot.start))
  const end = (slot: Slot) => text(printClock(clock, slot.end))
  switch (kind) {
    case "range":
      return { kind, depth: 1, headersOf: (slot) => [range(slot)], corners: [labels.time] }
    case "start-only":
      return { kind, depth: 1, headersOf: (slot) => [start(slot)], corners: [labels.time] }
    case "start-over-end":
      return { kind, depth: 1, headersOf: (slot) => [[...start(slot), ...end(slot)]], corners: [labels.time] }
    case "start-and-end-cells":
      return { kind, depth: 2, headersOf: (slot) => [start(slot), end(slot)], corners: [labels.start, labels.end] }
    case "period-only":
      return { kind, depth: 1, headersOf: (slot) => [period(slot)], corners: [labels.period] }
    case "period-over-range":
      return { kind, depth: 1, headersOf: (slot) => [[...period(slot), ...range(slot)]], corners: [labels.time] }
    case "period-and-range-cells":
      return { kind, depth: 2, headersOf: (slot) => [period(slot), range(slot)], corners: [labels.period, labels.time] }
  }
}

/** Day-independent part of a truth: what the axis says about when slots `first` to `last` are. */
export const truthOfSlots = (axis: TimeAxis, slots: ReadonlyArray<Slot>, first: number, last: number) => {
  const from = slots[first]!
  const to = slots[last]!
  if (axis.kind === "period-only") {
    if (from.period === null) return { start: null, end: null, period: null, optional: true }
    return { start: null, end: null, period: from.period, ...(last > first ? { periodEnd: to.period } : {}) }
  }
  if (axis.kind !== "start-only") return { start: hhmm(from.start), end: hhmm(to.end) }
  const next = slots[last + 1]
  return next
    ? { start: hhmm(from.start), end: hhmm(next.start), endInferred: true }
    : { start: hhmm(from.start), end: null, endUnknown: true }
}
