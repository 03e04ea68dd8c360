import type { ExtractedTimeblock } from "../../extraction/Extraction.ts"
import { alignBlocks } from "../../pipeline/alignBlocks.ts"
import { agreedConfidence, contestedConfidence, timeblockAgreement } from "../../pipeline/timeblockAgreement.ts"
import { documentConfidence, percent } from "../../timetable/confidence.ts"
import { condensed } from "./tokens.ts"

/** What the offline reading says of the grounded blocks. */
export interface Comparison {
  /** The blocks, in their order, more or less sure for what the offline reading has there. */
  readonly timeblocks: Array<ExtractedTimeblock>
  /** What the offline reading has and the model left out. */
  readonly dropped: Array<ExtractedTimeblock>
  /** Of the document, 0 to 100: what was rejected and dropped counts as doubtful. */
  readonly confidence: number
}

/**
 * The model looks at the same page, so that its agreement is worth no more than the toss of a coin as an independent
 * reading; and so is what only one of the two has.
 */
const coin = 0.5

export const compareWithOffline = (
  grounded: ReadonlyArray<ExtractedTimeblock>,
  offline: ReadonlyArray<ExtractedTimeblock>,
  rejectedCount: number
): Comparison => {
  const pairs = alignBlocks(grounded, offline, timeblockAgreement.similarity)
  const timeblocks = pairs.flatMap(({ first, second }) => (first === null ? [] : [judged(first, second)]))
  const dropped = pairs.flatMap(({ first, second }) => (first === null ? [second] : []))
  const doubtful = Array.from({ length: rejectedCount + dropped.length }, () => coin)
  const confidences = [...timeblocks.map(({ confidence }) => confidence / 100), ...doubtful]
  const confidence = timeblocks.length === 0 ? 0 : documentConfidence(confidences)
  return { timeblocks, dropped, confidence: percent(confidence) }
}

const judged = (block: ExtractedTimeblock, other: ExtractedTimeblock | null): ExtractedTimeblock => {
  if (other === null || !isSame(block, other)) {
    return { ...block, confidence: percent(contestedConfidence(block.confidence / 100, coin)) }
  }
  const { day, end, name, start } = other.fieldConfidence
  const agreed = (confidence: number) => percent(agreedConfidence(confidence / 100, coin))
  return {
    ...block,
    confidence: agreed(other.confidence),
    fieldConfidence: { day: agreed(day), start: agreed(start), end: agreed(end), name: agreed(name) }
  }
}

const isSame = (one: ExtractedTimeblock, other: ExtractedTimeblock): boolean =>
  one.page === other.page &&
  one.dayOfWeek === other.dayOfWeek &&
  one.startTime === other.startTime &&
  one.endTime === other.endTime &&
  condensed(one.name) === condensed(other.name)
