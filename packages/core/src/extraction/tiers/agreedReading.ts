import { alignBlocks } from "../../pipeline/alignBlocks.ts"
import { engineAgreement } from "../../pipeline/timeblockAgreement.ts"
import { documentConfidence, percent } from "../../timetable/confidence.ts"
import { inWeekOrder } from "../../timetable/interpretPages.ts"
import type { UntimedExtraction } from "../validateExtraction.ts"

/**
 * A reading held against an earlier one of the same pages by another engine: what both have gains confidence, what they
 * differ on or only one has loses it. Whatever else they say is taken from the new one.
 */
export const agreedReading = (reading: UntimedExtraction, earlier: UntimedExtraction): UntimedExtraction => {
  const pairs = alignBlocks(reading.timeblocks, earlier.timeblocks, engineAgreement.similarity)
  const timeblocks = inWeekOrder(pairs.map(engineAgreement.merge))
  const confidence = percent(documentConfidence(timeblocks.map((block) => block.confidence / 100)))
  return { ...reading, timeblocks, confidence }
}
