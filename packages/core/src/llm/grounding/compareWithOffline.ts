import { documentScore } from "../../confidence/calibrated.ts"
import type { ExtractedTimeblock } from "../../extraction/Extraction.ts"
import { alignBlocks } from "../../pipeline/alignBlocks.ts"
import { agreedConfidence, contestedConfidence, timeblockAgreement } from "../../pipeline/timeblockAgreement.ts"
import { percent } from "../../timetable/confidence.ts"
import type { Interpretation } from "../../timetable/interpretPages.ts"
import { condensed } from "./tokens.ts"

/** What the offline reading says of the grounded blocks. */
export interface Comparison {
  /** The blocks, in their order, more or less sure for what the offline reading has there. */
  readonly timeblocks: Array<ExtractedTimeblock>
  /** What the offline reading has and the model left out. */
  readonly dropped: Array<ExtractedTimeblock>
  /** Of the document, 0 to 100: as sure as both readings agree about it. */
  readonly confidence: number
}

/**
 * The model looks at the same page, so that its agreement is worth no more than the toss of a coin as an independent
 * reading; and so is what only one of the two has.
 */
const coin = 0.5

/**
 * Holds the grounded blocks, in week order, against those of the offline reading, page by page.
 *
 * @param missingCount How many blocks the model says that the pages do not bear out.
 */
export const compareWithOffline = (
  grounded: ReadonlyArray<ExtractedTimeblock>,
  offline: Pick<Interpretation, "timeblocks" | "confidence">,
  missingCount: number
): Comparison => {
  const onPage = (blocks: ReadonlyArray<ExtractedTimeblock>, page: number) =>
    blocks.filter((each) => each.page === page)
  const pages = [...new Set([...grounded, ...offline.timeblocks].map(({ page }) => page))].toSorted((a, b) => a - b)
  const pairs = pages.flatMap((page) =>
    alignBlocks(onPage(grounded, page), onPage(offline.timeblocks, page), similarity)
  )
  const timeblocks = pairs.flatMap(({ first, second }) => (first === null ? [] : [judged(first, second)]))
  const dropped = pairs.flatMap(({ first, second }) => (first === null ? [second] : []))
  const agreements = [
    ...pairs.map(({ first, second }) => (first !== null && second !== null && isSame(first, second) ? 1 : coin)),
    ...Array.from({ length: missingCount }, () => coin)
  ]
  const confidence = agreedConfidence(offline.confidence / 100, coin) * documentScore(agreements)
  return { timeblocks, dropped, confidence: timeblocks.length === 0 ? 0 : percent(confidence) }
}

/** Lessons of several classes or weeks can be alike in all but where they stand. */
const similarity = (one: ExtractedTimeblock, other: ExtractedTimeblock): number =>
  timeblockAgreement.similarity(one, other) * (firstBox(one) === firstBox(other) ? 1 : elsewhere)

const elsewhere = 0.95

const firstBox = ({ evidence }: ExtractedTimeblock): string => JSON.stringify(evidence.name?.words[0]?.box)

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
  one.dayOfWeek === other.dayOfWeek &&
  one.startTime === other.startTime &&
  one.endTime === other.endTime &&
  condensed(one.name) === condensed(other.name)
