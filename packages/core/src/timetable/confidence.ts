import { type Calibration, type JudgedPart, judgedParts, type ReadingCalibration } from "../confidence/Calibration.ts"
import { documentScore, probabilityOf, readingOf } from "../confidence/calibrated.ts"
import { calibration as fitted } from "../confidence/calibration.v1.ts"
import { valueAt } from "../confidence/curve.ts"
import { type Doubts, doubtsOf } from "../confidence/doubts.ts"
import type { ReadBlock } from "../confidence/ReadBlock.ts"
import { type Suspicion, suspicions, suspicionsOf } from "../confidence/suspicions.ts"

/** Confidence of a block and of its fields: the probability that each is right, 0 to 1. */
export type Confidence = Readonly<Record<JudgedPart, number>>

/** How far the blocks of a document, and the document as a whole, can be trusted. */
export interface Confidences {
  /** In the order of the blocks. */
  readonly blocks: ReadonlyArray<Confidence>
  /** What keeps each of them from being trusted more. */
  readonly suspicions: ReadonlyArray<ReadonlyArray<Suspicion>>
  /** 0 to 1; 0 for no blocks. */
  readonly document: number
}

type Readings = Calibration["readings"]

/** Confidence from the evidence of all blocks of a document, and of how they fit together. */
export const confidencesOf = (
  blocks: ReadonlyArray<ReadBlock>,
  { readings }: Pick<Calibration, "readings"> = fitted
): Confidences => {
  const pages = new Set(blocks.map(({ page }) => page))
  const readingByPage = new Map([...pages].map((page) => [page, readingOf(page.words)]))
  const readingNames = blocks.map(({ page }) => readingByPage.get(page)!)
  const suspected = suspicionsOf(blocks)
  const confidences = doubtsOf(blocks).map((doubts, i) => {
    const confidence = confidenceOf(doubts, calibrationOf(readingNames[i]!, readings))
    const trusted = suspected[i]!.reduce(underSuspicion, confidence)
    return isPossible(blocks[i]!) ? trusted : impossible(trusted)
  })
  return {
    blocks: confidences,
    suspicions: suspected,
    document: documentConfidence(
      confidences.map(({ block }) => block),
      readingNames,
      readings
    )
  }
}

/** Whether a block ends after it starts, as far as both are known. */
const isPossible = ({ draft: { end, start } }: ReadBlock): boolean =>
  start === null || end === null || start.value < end.value

/** One of its times is wrong, whatever else speaks for it. */
const impossible = (confidence: Confidence): Confidence => ({
  ...confidence,
  block: Math.min(mostOfImpossible, confidence.block),
  start: Math.min(0.5, confidence.start),
  end: Math.min(0.5, confidence.end)
})

const mostOfImpossible = 0.1

const underSuspicion = (confidence: Confidence, suspicion: Suspicion): Confidence => {
  const { most, part } = suspicions[suspicion]
  return { ...confidence, block: Math.min(most, confidence.block), [part]: Math.min(most, confidence[part]) }
}

/**
 * Confidence of a document from those of its blocks, 0 to 1; 0 for none. Of several ways in which its pages were read,
 * the least sure counts, and where they are not known that of all: a reading must not win by being judged more kindly.
 */
export const documentConfidence = (
  blocks: ReadonlyArray<number>,
  readingNames: ReadonlyArray<string> = [],
  readings: Readings = fitted.readings
): number => {
  if (blocks.length === 0) return 0
  const score = documentScore(blocks)
  const used = new Set(readingNames.length === 0 ? Object.keys(readings) : readingNames)
  return Math.min(...[...used].map((name) => valueAt(calibrationOf(name, readings).document, score)))
}

/** What is not measured is no safer than a field that somebody has to look at. */
const mostUnmeasured = 0.9

/**
 * Confidence of a block that something else than the reading engine put together from a page. How often that is right
 * was not measured, so that the block stays under the default threshold of acceptance.
 */
export const confidenceAlone = (block: ReadBlock): Confidence => {
  const [read] = confidencesOf([block]).blocks
  const parts = judgedParts.map((part) => [part, Math.min(mostUnmeasured, read![part])])
  // Object.fromEntries forgets the names of the parts.
  return Object.fromEntries(parts) as Record<JudgedPart, number>
}

const calibrationOf = (reading: string, readings: Readings): ReadingCalibration => readings[reading] ?? readings.other

const confidenceOf = (doubts: Doubts, calibration: ReadingCalibration): Confidence => {
  const block = probabilityOf(doubts, calibration.block)
  // A block is right when all its fields are, so that none is less sure.
  const parts = judgedParts.map((part) => [part, Math.max(block, probabilityOf(doubts, calibration[part]))])
  // Object.fromEntries forgets the names of the parts.
  return Object.fromEntries(parts) as Record<JudgedPart, number>
}

/** 0 to 1 as 0 to 100 with two decimals. */
export const percent = (share: number): number => Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100
