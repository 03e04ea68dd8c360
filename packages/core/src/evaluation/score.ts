import { cheapestAssignment } from "./assignment.ts"
import { type Credit, creditOf, isAttempt, isPart, sayingOf } from "./credit.ts"
import type { PredictedBlock, Prediction } from "./Prediction.ts"
import type { Truth, TruthBlock } from "./Truth.ts"

/** What a pair is measured by, from lenient to strict; {@link Credit} says what each asks. */
export const scoreMeasures = ["time", "block", "strict"] as const

/** One of {@link scoreMeasures}. */
export type ScoreMeasure = (typeof scoreMeasures)[number]

/** Shares of 0 to 1. Nothing predicted where nothing is true is right. */
export interface PrecisionRecall {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** A true block that was not read right, a predicted one that nothing on the page bears out, or both as a pair. */
export interface Miss {
  readonly truth: TruthBlock | null
  readonly predicted: PredictedBlock | null
}

/** How well one document was read, in numbers. */
export interface DocumentFigures extends Readonly<Record<ScoreMeasure, PrecisionRecall>> {
  /** Pairs that are right, by measure. */
  readonly right: Readonly<Record<ScoreMeasure, number>>
  readonly trueBlocks: number
  readonly predictedBlocks: number
  /** Mean similarity of text over pairs whose time is right, or null where there are none. */
  readonly text: number | null
  /** What the reader said of itself, 0 to 100. */
  readonly confidence: number | null
}

/** How well one document was read, and how each of its blocks. */
export interface DocumentScore extends DocumentFigures {
  readonly misses: ReadonlyArray<Miss>
  /** The predicted blocks that are right; with those of the misses they make up `predictedBlocks`. */
  readonly hits: ReadonlyArray<PredictedBlock>
}

/** Precision, recall and their harmonic mean from counts of blocks. */
export const precisionRecall = (right: number, predicted: number, truth: number): PrecisionRecall => ({
  precision: predicted > 0 ? right / predicted : truth > 0 ? 0 : 1,
  recall: truth > 0 ? right / truth : 1,
  f1: predicted + truth > 0 ? (2 * right) / (predicted + truth) : 1
})

/** A value a measure. */
export const byMeasure = <T>(of: (measure: ScoreMeasure) => T): Record<ScoreMeasure, T> => ({
  time: of("time"),
  block: of("block"),
  strict: of("strict")
})

const firstOfEach = <T>(list: ReadonlyArray<T>, keyOf: (item: T) => string): Array<T> => {
  const keys = list.map(keyOf)
  return list.filter((_, index) => keys.indexOf(keys[index]!) === index)
}

/** Where the truth allows several forms of one page, both sides in the form that the prediction chose. */
const inOneForm = (truth: Truth, prediction: Prediction) => {
  const hasDays = !truth.blocks.some(({ day }) => day === "Any")
  const predicted = hasDays
    ? prediction.blocks
    : firstOfEach(prediction.blocks, sayingOf).map((block) => ({ ...block, day: "Any" as const }))
  const expected = truth.blocks.flatMap((block): Array<TruthBlock> => {
    const { parts, ...whole } = block
    const isSplit = parts?.every((part) => predicted.some((candidate) => isPart(candidate, block, part))) ?? false
    return isSplit ? parts!.map((name) => ({ ...whole, name, altNames: [] })) : [block]
  })
  return { predicted, expected }
}

interface DayPairs {
  readonly expected: ReadonlyArray<TruthBlock>
  readonly predicted: ReadonlyArray<PredictedBlock>
  /** For each expected block the predicted one it is paired with. */
  readonly pairs: ReadonlyArray<{ readonly predicted: PredictedBlock; readonly credit: Credit } | null>
}

/** Pairs the blocks of one day so that their credits are worth most. */
const pairDay = (expected: ReadonlyArray<TruthBlock>, predicted: ReadonlyArray<PredictedBlock>): DayPairs => {
  const inOrder = [...predicted].sort((one, other) => (one.start ?? 0) - (other.start ?? 0))
  const rank = new Map(inOrder.map((block, index) => [block, index + 1]))
  const credits = expected.map((truth) => predicted.map((block) => creditOf(block, truth, rank.get(block)!)))
  const size = Math.max(expected.length, predicted.length)
  const cost = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => -(credits[row]?.[column]?.weight ?? 0))
  )
  const columnOfRow = cheapestAssignment(cost)
  const pairs = expected.map((_, row) => {
    const block = predicted[columnOfRow[row]!]
    const credit = credits[row]![columnOfRow[row]!]
    return block && credit ? { predicted: block, credit } : null
  })
  return { expected, predicted, pairs }
}

/** Scores what was read from one document against its truth. */
export const scoreDocument = (truth: Truth, prediction: Prediction): DocumentScore => {
  const { expected, predicted } = inOneForm(truth, prediction)
  const right = { time: 0, block: 0, strict: 0 }
  const similarities: Array<number> = []
  const misses: Array<Miss> = []
  const hits: Array<PredictedBlock> = []
  let trueBlocks = 0
  let predictedBlocks = predicted.length

  for (const day of new Set([...expected, ...predicted].map((block) => block.day))) {
    const pairing = pairDay(
      expected.filter((block) => block.day === day),
      predicted.filter((block) => block.day === day)
    )
    const attempts = new Set<PredictedBlock>()
    pairing.expected.forEach((block, index) => {
      const pair = pairing.pairs[index] ?? null
      const attempt = pair && isAttempt(pair.credit) ? pair.predicted : null
      if (attempt) attempts.add(attempt)
      if (block.optional) {
        if (attempt) predictedBlocks--
        return
      }
      trueBlocks++
      for (const measure of scoreMeasures) if (pair?.credit[measure]) right[measure]++
      if (pair?.credit.time) similarities.push(pair.credit.textSimilarity)
      if (pair?.credit.block) hits.push(pair.predicted)
      else misses.push({ truth: block, predicted: attempt })
    })
    for (const block of pairing.predicted) if (!attempts.has(block)) misses.push({ truth: null, predicted: block })
  }

  return {
    ...byMeasure((measure) => precisionRecall(right[measure], predictedBlocks, trueBlocks)),
    right,
    trueBlocks,
    predictedBlocks,
    text: similarities.length > 0 ? similarities.reduce((sum, value) => sum + value, 0) / similarities.length : null,
    misses,
    hits,
    confidence: prediction.confidence
  }
}
