import { byMeasure, type DocumentFigures, type PrecisionRecall, precisionRecall, type ScoreMeasure } from "./score.ts"

/** The document confidence, 0 to 100, from which a result is accepted unseen by default. */
export const acceptanceThreshold = 98

/** How well a set of documents was read. */
export interface ScoreSummary {
  readonly documents: number
  readonly blocks: number
  /** Mean F1 over documents, each counting alike; null for no documents. */
  readonly macro: Readonly<Record<ScoreMeasure, number | null>>
  /** Over all blocks together. */
  readonly micro: Readonly<Record<ScoreMeasure, PrecisionRecall>>
  /** Share of documents with every block right. */
  readonly perfect: number
  /** What would be accepted unseen at a document confidence of `threshold` or more: its share, and its block F1. */
  readonly accepted: { readonly threshold: number; readonly share: number; readonly block: number | null }
}

const mean = (values: ReadonlyArray<number>): number | null =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null

/** Sums up scores of documents; `threshold` is a confidence of 0 to 100. */
export const summarizeScores = (
  scores: ReadonlyArray<DocumentFigures>,
  threshold = acceptanceThreshold
): ScoreSummary => {
  const total = (of: (score: DocumentFigures) => number) => scores.reduce((sum, score) => sum + of(score), 0)
  const predicted = total((score) => score.predictedBlocks)
  const blocks = total((score) => score.trueBlocks)
  const accepted = scores.filter(({ confidence }) => (confidence ?? 0) >= threshold)
  const share = (part: ReadonlyArray<DocumentFigures>) => part.length / Math.max(1, scores.length)
  return {
    documents: scores.length,
    blocks,
    macro: byMeasure((measure) => mean(scores.map((score) => score[measure].f1))),
    micro: byMeasure((measure) =>
      precisionRecall(
        total((score) => score.right[measure]),
        predicted,
        blocks
      )
    ),
    perfect: share(scores.filter((score) => score.block.f1 === 1)),
    accepted: { threshold, share: share(accepted), block: mean(accepted.map((score) => score.block.f1)) }
  }
}
