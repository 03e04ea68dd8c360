import type { Word } from "../document/Page.ts"
import { oncePer } from "../internal/oncePer.ts"
import type { Model } from "./Calibration.ts"
import { valueAt } from "./curve.ts"
import type { DoubtName, Doubts } from "./doubts.ts"
import { mean } from "./wordDoubts.ts"

/** What doubts leave of a model's bias. */
export const scoreOf = (doubts: Doubts, { bias, weights }: Pick<Model, "bias" | "weights">): number => {
  let score = bias
  for (const [name, weight] of entriesOf(weights)) score -= weight * doubts[name]
  return score
}

/** A model weighs few of the doubts. */
const entriesOf = oncePer(
  // Object.entries forgets the names.
  (weights: Model["weights"]) => Object.entries(weights) as ReadonlyArray<readonly [DoubtName, number]>
)

/** The probability that a part is right against which these doubts speak. */
export const probabilityOf = (doubts: Doubts, model: Model): number => valueAt(model.curve, scoreOf(doubts, model))

/** How much of a document's score is that of its worst block, since one that is surely wrong spoils the whole. */
const worstShare = 0.2

/** The score of a document from the probabilities of its blocks, at least one: their mean, drawn towards the worst. */
export const documentScore = (blocks: ReadonlyArray<number>): number =>
  (1 - worstShare) * mean(blocks) + worstShare * blocks.reduce((worst, block) => Math.min(worst, block), 1)

/** What words were read with: `native`, `two-engines`, or the name of the engine that read most of them. */
export const readingOf = (words: ReadonlyArray<Word>): string => {
  const read = words.filter(({ source }) => source === "ocr")
  if (read.length === 0) return "native"
  if (read.some(({ agreement }) => agreement !== undefined)) return "two-engines"
  const byEngine = [...Map.groupBy(read, ({ engine }) => engine)]
  return byEngine.reduce((most, next) => (next[1].length > most[1].length ? next : most))[0]
}
