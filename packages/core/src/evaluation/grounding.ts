import {
  type EvidenceWord,
  type ExtractedMarker,
  type ExtractedTimeblock,
  type Extraction,
  type FieldEvidence,
  type Weekday,
  weekdays
} from "../extraction/Extraction.ts"
import { mayMeanDay } from "../timetable/days.ts"
import { inferringRules } from "../timetable/inferringRules.ts"
import { findTimes, withDigits } from "../timetable/times.ts"
import { minutesOf } from "./Prediction.ts"
import { normaliseText, textSimilarity } from "./textSimilarity.ts"

/** The fields whose evidence is looked at. */
export const groundedFields = ["day", "start", "end", "name", "notes"] as const

/** One of {@link groundedFields}. */
export type GroundedField = (typeof groundedFields)[number]

/**
 * How a value follows from its evidence. `printed`: the words read again give the value. `inferred`: they do not, but
 * the rule says that the value follows from its neighbours or was repaired by them. `ungrounded`: neither.
 */
export const groundings = ["printed", "inferred", "ungrounded"] as const

/** One of {@link groundings}. */
export type Grounding = (typeof groundings)[number]

/** How many fields that have a value are grounded how. */
export type GroundingCounts = Readonly<Record<GroundedField, Readonly<Record<Grounding, number>>>>

/** A field whose words do not bear its value out. */
export interface UngroundedField {
  readonly field: GroundedField
  readonly value: string
  readonly words: string
  readonly rule: string
}

/** What the evidence of one extraction, or of many, is worth. */
export interface GroundingResult {
  readonly counts: GroundingCounts
  readonly ungrounded: ReadonlyArray<UngroundedField>
}

/** Reads the words of every field again, as the evidence of the extraction gives them. */
export const groundingOf = ({ markers, timeblocks }: Pick<Extraction, "markers" | "timeblocks">): GroundingResult => {
  const counts = noGrounding()
  const ungrounded: Array<UngroundedField> = []
  for (const { evidence, field, isPrinted, value } of [
    ...timeblocks.flatMap(claims),
    ...markers.flatMap(markerClaims)
  ]) {
    const grounding = isPrinted ? "printed" : isInferred(evidence) ? "inferred" : "ungrounded"
    counts[field][grounding] += 1
    if (grounding === "ungrounded") {
      ungrounded.push({ field, value, words: textOf(evidence), rule: evidence?.rule ?? "none" })
    }
  }
  return { counts, ungrounded }
}

/** Counts before anything is counted. */
export const noGrounding = (): Record<GroundedField, Record<Grounding, number>> => {
  const none = () => ({ printed: 0, inferred: 0, ungrounded: 0 })
  return { day: none(), start: none(), end: none(), name: none(), notes: none() }
}

/** A value with the evidence that is given for it. */
interface Claim {
  readonly field: GroundedField
  readonly value: string
  readonly evidence: FieldEvidence | undefined
  readonly isPrinted: boolean
}

const claims = ({ dayOfWeek, endTime, evidence, name, notes, startTime }: ExtractedTimeblock): ReadonlyArray<Claim> => {
  const times = [evidence.start, evidence.end]
  return [
    ...dayClaim(dayOfWeek, evidence.day),
    ...timeClaim("start", startTime, times),
    ...timeClaim("end", endTime, times),
    ...textClaim("name", name, evidence.name),
    ...textClaim("notes", notes, evidence.notes)
  ]
}

const markerClaims = ({ dayOfWeek, evidence, name, time }: ExtractedMarker): ReadonlyArray<Claim> => [
  ...dayClaim(dayOfWeek, evidence.day),
  ...timeClaim("start", time, [evidence.time]),
  ...textClaim("name", name, evidence.name)
]

const dayClaim = (day: Weekday | null, evidence: FieldEvidence | undefined): ReadonlyArray<Claim> =>
  day === null ? [] : [{ field: "day", value: day, evidence, isPrinted: namesDay(wordsOf(evidence), day) }]

const timeClaim = (
  field: "start" | "end",
  time: string | null,
  [start, end]: ReadonlyArray<FieldEvidence | undefined>
): ReadonlyArray<Claim> => {
  const evidence = field === "start" ? start : end
  return time === null ? [] : [{ field, value: time, evidence, isPrinted: printsTime(field, time, [start, end]) }]
}

const textClaim = (
  field: "name" | "notes",
  text: string | null,
  evidence: FieldEvidence | undefined
): ReadonlyArray<Claim> =>
  text === null || text === "" ? [] : [{ field, value: text, evidence, isPrinted: printsText(evidence, text) }]

const wordsOf = (evidence: FieldEvidence | undefined): ReadonlyArray<EvidenceWord> => evidence?.words ?? []

const textOf = (evidence: FieldEvidence | undefined): string =>
  wordsOf(evidence)
    .map(({ text }) => text)
    .join(" ")

const isInferred = (evidence: FieldEvidence | undefined): boolean =>
  evidence !== undefined && (evidence.repaired || inferringRules.has(evidence.rule))

/** Whether any stretch of the words, or their letters put together, names the day; an initial may name several. */
const namesDay = (words: ReadonlyArray<EvidenceWord>, day: Weekday): boolean => {
  const texts = words.map(({ text }) => text)
  const stretches = texts.map((_, index) => texts.slice(index).join(" "))
  return [...stretches, texts.join("")].some((text) => mayMeanDay(text, weekdays.indexOf(day)))
}

const halfDayMinutes = 12 * 60

/** Whether the words print the time but for am and pm; a bare number is a time only as one end of a range. */
const printsTime = (
  end: "start" | "end",
  time: string,
  evidence: ReadonlyArray<FieldEvidence | undefined>
): boolean => {
  const own = textOf(evidence[end === "start" ? 0 : 1])
  const ends = evidence.map(textOf)
  const printed = [own, withDigits(own)].flatMap(findTimes)
  const clocks =
    printed.length > 0
      ? printed.flatMap((mention) => [mention.start, mention.end])
      : // The dash may be a part of either word.
        [ends.join(" "), ends.join(" - ")]
          .flatMap(findTimes)
          .flatMap((mention) => (mention.end === null ? [] : mention[end]))
  const wanted = (minutesOf(time) ?? 0) % halfDayMinutes
  return clocks.some((clock) => clock !== null && (clock.hour * 60 + clock.minute) % halfDayMinutes === wanted)
}

const agreeingText = 0.9

/** Whether the words, with or without the times among them, are the text but for spaces, hyphens and a letter in ten. */
const printsText = (evidence: FieldEvidence | undefined, value: string): boolean => {
  const words = textOf(evidence)
  const withoutTimes = findTimes(words).reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), words)
  return [words, withoutTimes].some((text) => textSimilarity(condensed(text), condensed(value)) >= agreeingText)
}

const condensed = (text: string): string => normaliseText(text).replaceAll(" ", "")
