import { documentScore } from "../../confidence/calibrated.ts"
import type { ExtractedTimeblock } from "../../extraction/Extraction.ts"
import { type AlignedPair, alignBlocks } from "../../pipeline/alignBlocks.ts"
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
  const pairs = pairsOf(grounded, offline.timeblocks)
  const timeblocks = pairs.flatMap(({ first, second }) => (first === null ? [] : [judged(first, second)]))
  const dropped = pairs.flatMap(({ first, second }) => (first === null ? [second] : []))
  const agreements = [
    ...pairs.map(({ first, second }) => (first !== null && second !== null && isSame(first, second) ? 1 : coin)),
    ...Array.from({ length: missingCount }, () => coin)
  ]
  const confidence = agreedConfidence(offline.confidence / 100, coin) * documentScore(agreements)
  return { timeblocks, dropped, confidence: timeblocks.length === 0 ? 0 : percent(confidence) }
}

type Pair = AlignedPair<ExtractedTimeblock>

/** Pairs what is the same first, then page by page and day by day what is most alike; in the order of `grounded`. */
const pairsOf = (
  grounded: ReadonlyArray<ExtractedTimeblock>,
  offline: ReadonlyArray<ExtractedTimeblock>
): ReadonlyArray<Pair> => {
  const left = Map.groupBy(offline, sameKey)
  const partners = new Map(grounded.map((block) => [block, left.get(sameKey(block))?.shift() ?? null]))
  const rest = Map.groupBy([...left.values()].flat(), dayKey)
  const unpaired = Map.groupBy(
    grounded.filter((block) => partners.get(block) === null),
    dayKey
  )
  const dropped: Array<Pair> = []
  for (const key of new Set([...unpaired.keys(), ...rest.keys()])) {
    for (const pair of mostAlike(unpaired.get(key) ?? [], rest.get(key) ?? [])) {
      if (pair.first === null) dropped.push(pair)
      else partners.set(pair.first, pair.second)
    }
  }
  return [...[...partners].map(([first, second]): Pair => ({ first, second })), ...dropped]
}

/** No day of a page has so many blocks; pairing them would take longer than reading the page. */
const mostPaired = 200

const mostAlike = (
  grounded: ReadonlyArray<ExtractedTimeblock>,
  offline: ReadonlyArray<ExtractedTimeblock>
): ReadonlyArray<Pair> =>
  Math.max(grounded.length, offline.length) <= mostPaired
    ? alignBlocks(grounded, offline, timeblockAgreement.similarity)
    : [...grounded.map((first) => ({ first, second: null })), ...offline.map((second) => ({ first: null, second }))]

const dayKey = ({ dayOfWeek, page }: ExtractedTimeblock): string => `${page} ${dayOfWeek}`

/** Equal for blocks that say the same, where several classes or weeks do not show the same at different places. */
const sameKey = ({ dayOfWeek, endTime, evidence, name, page, startTime }: ExtractedTimeblock): string =>
  JSON.stringify([page, dayOfWeek, startTime, endTime, condensed(name), evidence.name?.words[0]?.box])

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
