import type { DoubtName } from "./doubts.ts"

/** What has a confidence of its own. */
export const judgedParts = ["block", "day", "start", "end", "name"] as const

/** One of {@link judgedParts}. */
export type JudgedPart = (typeof judgedParts)[number]

/**
 * Knots of a curve from a score to a probability, both rising; straight between them, level before the first and after
 * the last.
 */
export type Curve = ReadonlyArray<readonly [score: number, probability: number]>

/** How doubts become a probability: the bias less the weighted doubts is a score, which the curve translates. */
export interface Model {
  readonly bias: number
  /** None is negative, so that no doubt can raise a confidence; doubts left out weigh nothing. */
  readonly weights: { readonly [Name in DoubtName]?: number }
  readonly curve: Curve
}

/** What was fitted on the readings of one kind. */
export interface ReadingCalibration extends Readonly<Record<JudgedPart, Model>> {
  /** From {@link documentScore} to the confidence of a document. */
  readonly document: Curve
}

/** The fitted data, and what it was fitted on. */
export interface Calibration {
  readonly version: 1
  /** Of the made documents: which families, by which seeds, how many of each tier. */
  readonly provenance: {
    readonly families: string
    readonly firstSeed: number
    readonly documents: Readonly<Record<string, number>>
    /** Blocks by kind of reading. */
    readonly blocks: Readonly<Record<string, number>>
  }
  /**
   * By what a page was read with: `native`, the name of an engine, or `two-engines`. `other` is for engines that were
   * not measured, whose own scores mean nothing yet.
   */
  readonly readings: Readonly<Record<string, ReadingCalibration>> & { readonly other: ReadingCalibration }
}
