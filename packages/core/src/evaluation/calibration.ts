import { byConfidence } from "./byConfidence.ts"

/** A predicted block as calibration sees it. */
export interface BlockOutcome {
  /** 0 to 100, or null where the reader gives none. */
  readonly confidence: number | null
  readonly isRight: boolean
}

/** A tenth of the blocks, of neighbouring confidence. */
export interface CalibrationBin {
  readonly blocks: number
  /** Least, greatest and mean confidence, 0 to 100. */
  readonly least: number
  readonly greatest: number
  readonly mean: number
  /** Share of the blocks that are right, 0 to 1. */
  readonly right: number
}

/** How far confidence is from the share of blocks that are right. */
export interface Calibration {
  /** Expected calibration error, 0 to 1: the mean over blocks of how far their bin is off; null for no blocks. */
  readonly error: number | null
  /** Least confident first. */
  readonly bins: ReadonlyArray<CalibrationBin>
}

/** How many bins of equal mass the blocks are put into. */
const binCount = 10

/**
 * Expected calibration error over bins of equal mass. Where blocks of one confidence fall into two bins, the right ones
 * among them count as spread evenly, so that their order does not matter. Blocks without a confidence are left out.
 */
export const calibrationOf = (outcomes: ReadonlyArray<BlockOutcome>): Calibration => {
  const ranked = byConfidence(outcomes)
    .toReversed()
    .flatMap(({ confidence, items }) => {
      const right = items.filter(({ isRight }) => isRight).length / items.length
      return items.map(() => ({ confidence, right }))
    })
  const bins = Array.from({ length: binCount }, (_, index): CalibrationBin | null => {
    const [from, to] = [index, index + 1].map((edge) => Math.round((edge * ranked.length) / binCount))
    const members = ranked.slice(from, to)
    const [first, last] = [members.at(0), members.at(-1)]
    if (first === undefined || last === undefined) return null
    return {
      blocks: members.length,
      least: first.confidence,
      greatest: last.confidence,
      mean: members.reduce((sum, { confidence }) => sum + confidence, 0) / members.length,
      right: members.reduce((sum, { right }) => sum + right, 0) / members.length
    }
  }).filter((bin) => bin !== null)
  const off = bins.reduce((sum, { blocks, mean, right }) => sum + blocks * Math.abs(mean / 100 - right), 0)
  return { error: ranked.length > 0 ? off / ranked.length : null, bins }
}
