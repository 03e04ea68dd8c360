import type { JudgedPart } from "../../packages/core/src/confidence/Calibration.ts"
import type { Doubts } from "../../packages/core/src/confidence/doubts.ts"

/** A block that was read, what speaks against it, and whether it and its fields are right. */
export interface JudgedBlock {
  readonly doubts: Doubts
  readonly right: Readonly<Record<JudgedPart, boolean>>
}

/** One document as it was read in one way. */
export interface Sample {
  /** What its pages were read with, as `readingOf` tells it. */
  readonly reading: string
  readonly tier: string
  readonly layout: string
  readonly blocks: ReadonlyArray<JudgedBlock>
}
