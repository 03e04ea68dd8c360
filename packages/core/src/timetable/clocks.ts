import { type AxisHabits, habitsOf, surpriseOfGap, surpriseOfLength } from "./axisHabits.ts"
import { type GarbledClock, garbledCandidates, isGarbled } from "./garbledClocks.ts"
import type { PrintedClock } from "./times.ts"

/** Minutes of the day, from and to. */
export type Hours = readonly [number, number]

/** What is known of the times beside how they are printed. */
export interface ClockContext {
  /** Times follow each other down an axis; a step back is then nearly impossible. Default false: it is unlikely. */
  readonly ordered?: boolean
  /** Minutes of the day that the times should lie in, e.g. from a heading. */
  readonly within?: Hours | null
  /** The document prints hours of the 24-hour clock. */
  readonly uses24?: boolean
  /** The times were read by OCR: a digit may be wrong where the order of the day says so. Default false. */
  readonly misread?: boolean
}

/** A time of day and how surely am and pm are known. */
export interface ResolvedClock {
  /** Minutes from midnight. */
  readonly minutes: number
  /** True where what is printed was overruled: a wrong am or pm. */
  readonly repaired: boolean
  /** 0 to 1: how much worse the other half of the day fits. */
  readonly certainty: number
}

/** A range as it stands on the page; what could not be read as a clock is garbled. */
export interface ClockRange {
  readonly start: PrintedClock | GarbledClock
  readonly end: PrintedClock | GarbledClock | null
  /** How well start and end were read, 0 to 1; default surely. A digit read badly is the sooner a wrong one. */
  readonly confidence?: readonly [start: number, end: number]
}

/** A clock, and the next one in order; `end` marks the end of the range that the clock before it begins. */
interface Step {
  readonly clock: PrintedClock | GarbledClock
  readonly end: boolean
  readonly confidence: number
}

const day = 24 * 60
const halfDay = 12 * 60

// The costs are orders of magnitude of surprise, in nats: what happens on one timetable in e^cost.
const contradictsPrint = 6
const stepBackOnAxis = 9
const stepBackElsewhere = 4
const emptyRange = 9
const misreadDigit = { unsure: 2.5, sure: 6.5 }

const outside = 7
const night = 14

/** How surprising a time of day is for a school. */
const implausible = (minutes: number): number => {
  const hour = minutes / 60
  if (hour < 5) return night
  if (hour < 6.5) return 6
  if (hour < 7) return 2
  if (hour <= 18.5) return 0
  if (hour <= 20) return 3
  if (hour <= 21.5) return 5
  return 8
}

/** Minutes of the day and how surprising they are, in nats. */
export type Candidate = readonly [minutes: number, cost: number]

const candidates = ({ clock, confidence }: Step, context: ClockContext): ReadonlyArray<Candidate> => {
  if (isGarbled(clock)) {
    return garbledCandidates(clock).map(([minutes, cost]): Candidate => [minutes, cost + implausible(minutes)])
  }
  const asPrinted = readingsOf(clock, context)
  if (!context.misread) return asPrinted
  const surprise = misreadDigit.unsure + confidence * (misreadDigit.sure - misreadDigit.unsure)
  const misread = [...oneDigitOff(clock), ...oneDigitMore(clock)].flatMap((other) => readingsOf(other, context))
  return [...asPrinted, ...misread.map(([minutes, cost]): Candidate => [minutes, cost + surprise])]
}

/** The clock of which one of two equal digits was not read, as happens to narrow ones beside each other: 11 for 1. */
const oneDigitMore = (clock: PrintedClock): ReadonlyArray<PrintedClock> =>
  clock.hour === 1 ? [{ ...clock, hour: 11 }] : []

/** The clocks that differ in one digit and keep to the five minutes in which schools count. */
const oneDigitOff = (clock: PrintedClock): ReadonlyArray<PrintedClock> => {
  const digits = `${clock.hour}:${String(clock.minute).padStart(2, "0")}`
  return [...digits].flatMap((digit, at) =>
    digit === ":"
      ? []
      : [..."0123456789"].flatMap((other) => {
          const [hour, minute] = (digits.slice(0, at) + other + digits.slice(at + 1)).split(":").map(Number)
          const valid = other !== digit && hour! > 0 && hour! <= 24 && minute! < 60 && minute! % 5 === 0
          return valid ? [{ ...clock, hour: hour!, minute: minute! }] : []
        })
  )
}

const readingsOf = (clock: PrintedClock, context: ClockContext): ReadonlyArray<Candidate> => {
  const printed = (clock.hour % 24) * 60 + clock.minute
  const cost = (minutes: number): number => {
    if (!context.within) return implausible(minutes)
    const [from, to] = context.within
    return minutes >= from - 30 && minutes <= to + 30 ? 0 : outside + implausible(minutes)
  }
  if (clock.hour > 12 || clock.hour === 0) return [[printed, Math.min(4, cost(printed))]]
  const early = (clock.hour % 12) * 60 + clock.minute
  const late = early + halfDay
  if (clock.meridiem) {
    const [said, other] = clock.meridiem === "am" ? [early, late] : [late, early]
    // At night there is no school, whatever is printed.
    const trust = implausible(said) >= night ? implausible(said) : Math.min(4, cost(said))
    return [
      [said, trust],
      [other, cost(other) + contradictsPrint]
    ]
  }
  const against24 = (minutes: number): number => (minutes === printed || !(context.uses24 || clock.looks24) ? 0 : 3)
  return [
    [early, cost(early) + against24(early)],
    [late, cost(late) + against24(late)]
  ]
}

/** How clocks follow each other: whether along an axis, and what is usual there. */
interface Course {
  readonly ordered: boolean
  readonly habits: AxisHabits | null
}

const transition = (from: number, to: number, step: Step, before: Step, { ordered, habits }: Course): number => {
  if (step.end) {
    const length = to - from
    if (length <= 0) return emptyRange
    return (length > 8 * 60 ? 5 : length > 4 * 60 ? 1 : 0) + (habits ? surpriseOfLength(habits, length) : 0)
  }
  if (to < from) return ordered ? stepBackOnAxis : stepBackElsewhere
  return habits && before.end ? surpriseOfGap(habits, to - from) : 0
}

/**
 * Decides am and pm for clocks in the order of the day: the cheapest way through all of them (Viterbi), where steps
 * back, hours that no school keeps and contradictions to the print cost.
 */
export const resolveClocks = (
  ranges: ReadonlyArray<ClockRange>,
  context: ClockContext = {}
): ReadonlyArray<ResolvedRange> => {
  const asPrinted = resolve(ranges, context, null)
  if (!context.ordered || !context.misread) return asPrinted
  const sure = asPrinted.map((range, i) => {
    const { start, end } = ranges[i]!
    return isGarbled(start) || (end && isGarbled(end)) || range.start.repaired || range.end?.repaired ? null : range
  })
  return resolve(ranges, context, habitsOf(sure))
}

/** What a range of clocks means. */
export interface ResolvedRange {
  readonly start: ResolvedClock
  readonly end: ResolvedClock | null
}

const resolve = (
  ranges: ReadonlyArray<ClockRange>,
  context: ClockContext,
  habits: AxisHabits | null
): ReadonlyArray<ResolvedRange> => {
  const steps: Array<Step> = ranges.flatMap(({ start, end, confidence = [1, 1] }) => [
    // One am or pm for both ends: `9-9.30am`.
    { clock: shareMeridiem(start, end), end: false, confidence: confidence[0] },
    ...(end ? [{ clock: end, end: true, confidence: confidence[1] }] : [])
  ])
  const course: Course = { ordered: context.ordered ?? false, habits }
  const options = steps.map((step) => candidates(step, context))
  const forward = pass(steps, options, course)
  const path: Array<number> = []
  for (let i = steps.length - 1, at = -1; i >= 0; i--) {
    const row = forward[i]!
    at = at < 0 ? cheapest(row.map(({ total }) => total)) : forward[i + 1]![at]!.before
    path.unshift(at)
  }
  const totals = marginals(steps, options, forward, course)
  const resolved = steps.map(({ clock }, i): ResolvedClock => {
    const minutes = options[i]![path[i]!]![0]
    const [cheapestCost, nextCost] = totals[i]!.toSorted((a, b) => a - b)
    const gap = nextCost === undefined ? 9 : nextCost - cheapestCost!
    const certainty = 1 / (1 + Math.exp(-gap))
    if (isGarbled(clock)) return { minutes: minutes % day, repaired: true, certainty }
    const printed = minutes % halfDay === (clock.hour * 60 + clock.minute) % halfDay
    const said = clock.meridiem === null || (clock.meridiem === "am" ? minutes < halfDay : minutes >= halfDay)
    return { minutes: minutes % day, repaired: !printed || !said, certainty }
  })
  let at = 0
  return ranges.map(({ end }) => ({ start: resolved[at++]!, end: end ? resolved[at++]! : null }))
}

const shareMeridiem = (start: ClockRange["start"], end: ClockRange["end"]): ClockRange["start"] => {
  if (isGarbled(start) || !end || isGarbled(end)) return start
  return start.meridiem === null && end.meridiem === "am" && start.hour <= 12 ? { ...start, meridiem: "am" } : start
}

interface Visit {
  readonly total: number
  readonly before: number
}

const pass = (
  steps: ReadonlyArray<Step>,
  options: ReadonlyArray<ReadonlyArray<Candidate>>,
  course: Course
): ReadonlyArray<ReadonlyArray<Visit>> => {
  const rows: Array<ReadonlyArray<Visit>> = []
  for (let i = 0; i < steps.length; i++) {
    rows.push(
      options[i]!.map(([minutes, cost]) => {
        if (i === 0) return { total: cost, before: 0 }
        const totals = options[i - 1]!.map(
          ([previous], k) => rows[i - 1]![k]!.total + transition(previous, minutes, steps[i]!, steps[i - 1]!, course)
        )
        const before = cheapest(totals)
        return { total: totals[before]! + cost, before }
      })
    )
  }
  return rows
}

/** For each candidate the cost of the best way through it. */
const marginals = (
  steps: ReadonlyArray<Step>,
  options: ReadonlyArray<ReadonlyArray<Candidate>>,
  forward: ReadonlyArray<ReadonlyArray<Visit>>,
  course: Course
): ReadonlyArray<ReadonlyArray<number>> => {
  const backward: Array<ReadonlyArray<number>> = []
  for (let i = steps.length - 1; i >= 0; i--) {
    backward[i] = options[i]!.map(([minutes]) =>
      i === steps.length - 1
        ? 0
        : Math.min(
            ...options[i + 1]!.map(
              ([next, cost], k) =>
                backward[i + 1]![k]! + cost + transition(minutes, next, steps[i + 1]!, steps[i]!, course)
            )
          )
    )
  }
  return forward.map((row, i) => row.map(({ total }, k) => total + backward[i]![k]!))
}

const cheapest = (costs: ReadonlyArray<number>): number => costs.indexOf(Math.min(...costs))

/** `HH:MM` of minutes from midnight. */
export const formatClock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

/** Whether any of the clocks can only be one of 24 hours. */
export const uses24 = (clocks: ReadonlyArray<PrintedClock | GarbledClock>): boolean =>
  clocks.some((clock) => !isGarbled(clock) && clock.hour > 12)
