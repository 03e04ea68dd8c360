/** What two readings of a timetable make of each other. */

import { textSimilarity } from "../evaluation/textSimilarity.ts"
import type { ExtractedTimeblock } from "../extraction/Extraction.ts"
import { percent } from "../timetable/confidence.ts"
import type { AlignedPair } from "./alignBlocks.ts"

/**
 * The chance, 0 to 1, that a value is right which two readings that fail independently both have.
 *
 * @param one The chance that the first is right, 0 to 1.
 */
export const agreedConfidence = (one: number, other: number): number => 1 - (1 - one) * (1 - other)

/** The chance, 0 to 1, that a value is right against another reading that says something else: both cannot be. */
export const contestedConfidence = (kept: number, other: number): number => {
  const notBoth = 1 - kept * other
  return notBoth === 0 ? 0.5 : (kept * (1 - other)) / notBoth
}

/** A reading that has nothing where the other has a block: no better than a guess about that block. */
const absence = 0.5

const nameAgreement = 0.9

const similarity = (one: ExtractedTimeblock, other: ExtractedTimeblock): number =>
  0.3 * Number(one.dayOfWeek === other.dayOfWeek) +
  0.2 * Number(one.startTime === other.startTime) +
  0.1 * Number(one.endTime === other.endTime) +
  0.4 * textSimilarity(one.name, other.name)

type Field = keyof ExtractedTimeblock["fieldConfidence"]

const fieldValues: Readonly<Record<Field, (block: ExtractedTimeblock) => string | null>> = {
  day: ({ dayOfWeek }) => dayOfWeek,
  start: ({ startTime }) => startTime,
  end: ({ endTime }) => endTime,
  name: ({ name }) => name
}
const fields: ReadonlyArray<Field> = ["day", "start", "end", "name"]

const agrees = (field: Field, one: ExtractedTimeblock, other: ExtractedTimeblock): boolean =>
  field === "name"
    ? textSimilarity(one.name, other.name) >= nameAgreement
    : fieldValues[field](one) === fieldValues[field](other)

/** What the agreement of two readings is worth: the chances of both, 0 to 1, to that of the value which both have. */
type Agreed = (one: number, other: number) => number

/** Percentages in and out, as results hold them. */
const combined = (combine: Agreed, one: number, other: number): number => percent(combine(one / 100, other / 100))

const mergeBy =
  (agreed: Agreed) =>
  (pair: AlignedPair<ExtractedTimeblock>): ExtractedTimeblock => {
    if (pair.first === null || pair.second === null) {
      const lone = pair.first ?? pair.second
      const { day, end, name, start } = lone.fieldConfidence
      const doubted = (confidence: number) => percent(contestedConfidence(confidence / 100, absence))
      return {
        ...lone,
        confidence: doubted(lone.confidence),
        fieldConfidence: { day: doubted(day), start: doubted(start), end: doubted(end), name: doubted(name) }
      }
    }
    const { first, second } = pair
    const [kept, other] = first.confidence >= second.confidence ? [first, second] : [second, first]
    const confidenceOf = (field: Field) =>
      combined(
        agrees(field, kept, other) ? agreed : contestedConfidence,
        kept.fieldConfidence[field],
        other.fieldConfidence[field]
      )
    return {
      ...kept,
      confidence: combined(
        fields.every((field) => agrees(field, kept, other)) ? agreed : contestedConfidence,
        kept.confidence,
        other.confidence
      ),
      fieldConfidence: {
        day: confidenceOf("day"),
        start: confidenceOf("start"),
        end: confidenceOf("end"),
        name: confidenceOf("name")
      }
    }
  }

/**
 * How `consensus` aligns and merges timeblocks. Of a pair the block with the higher confidence is kept; a field on which
 * the two agree gains confidence, one on which they differ loses it, and a block that only one has loses it as well.
 */
export const timeblockAgreement = { similarity, merge: mergeBy(agreedConfidence) } as const

/** What the agreement of a reading is worth that shares half of its errors with the other. */
const halfShared: Agreed = (one, other) => agreedConfidence(Math.max(one, other), 0.5)

/**
 * As {@link timeblockAgreement} for two engines whose words the same rules made blocks of: where the rules are wrong, the
 * engines agree on it, so that agreement is worth less.
 */
export const engineAgreement = { similarity, merge: mergeBy(halfShared) } as const
