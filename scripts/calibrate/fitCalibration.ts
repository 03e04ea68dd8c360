import {
  type Calibration,
  type JudgedPart,
  judgedParts,
  type Model,
  type ReadingCalibration
} from "../../packages/core/src/confidence/Calibration.ts"
import { documentScore, probabilityOf, scoreOf } from "../../packages/core/src/confidence/calibrated.ts"
import { type DoubtName, type Doubts, doubtNames } from "../../packages/core/src/confidence/doubts.ts"
import { documentCurve } from "./documentCurve.ts"
import { isotonicCurve, type Outcome, rounded } from "./isotonic.ts"
import { fitLogistic } from "./logistic.ts"
import type { Sample } from "./Sample.ts"

/** Layouts are held out in so many turns, so that the curves are fitted on layouts that their weights never saw. */
const turns = 5

/** Doubts that come from an engine's own scores, which of one that was not measured mean nothing. */
const engineScores: ReadonlySet<DoubtName> = new Set([
  "dayWords",
  "startWords",
  "endWords",
  "nameWords",
  "nameMean",
  "nameRare",
  "nameUnsupported",
  "pageWords",
  "pageUnsure"
])

/** The doubts that may count against a part: a field's own, and those of the block's place in its week and page. */
const doubtsAbout = (part: JudgedPart, isMeasured: boolean): ReadonlyArray<DoubtName> => {
  const fields = ["day", "start", "end", "name"].filter((field) => field !== part)
  return doubtNames.filter(
    (name) =>
      (part === "block" || !fields.some((field) => name.startsWith(field))) && (isMeasured || !engineScores.has(name))
  )
}

/** Fits what each reading needs; `other` on all engines together that read alone, without their scores. */
export const fitReadings = (samples: ReadonlyArray<Sample>): Calibration["readings"] => {
  const byReading = [...Map.groupBy(samples, ({ reading }) => reading)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const alone = samples.filter(({ reading }) => reading !== "native" && reading !== "two-engines")
  return {
    ...Object.fromEntries(byReading.map(([reading, own]) => [reading, fitReading(own, true)])),
    other: fitReading(alone.length > 0 ? alone : samples, false)
  }
}

/** Samples that were not fitted on, and the others. */
interface Fold {
  readonly heldOut: ReadonlyArray<Sample>
  readonly others: ReadonlyArray<Sample>
}

const foldsOf = (samples: ReadonlyArray<Sample>): ReadonlyArray<Fold> => {
  const layouts = [...new Set(samples.map(({ layout }) => layout))].toSorted()
  if (layouts.length === 1) return [{ heldOut: samples, others: samples }]
  return Array.from({ length: Math.min(turns, layouts.length) }, (_, turn) => {
    const heldOut = new Set(layouts.filter((_, i) => i % turns === turn))
    const { false: others = [], true: held = [] } = Object.groupBy(samples, ({ layout }) => `${heldOut.has(layout)}`)
    return { heldOut: held, others }
  })
}

const fitReading = (samples: ReadonlyArray<Sample>, isMeasured: boolean): ReadingCalibration => {
  const folds = foldsOf(samples)
  const fitted = judgedParts.map((part) => {
    const names = doubtsAbout(part, isMeasured)
    const judges = folds.map(({ heldOut, others }) => ({ heldOut, weighed: weigh(others, part, names) }))
    const outcomes = judges.flatMap(({ heldOut, weighed }) =>
      heldOut.flatMap(({ blocks }) =>
        blocks.map(({ doubts, right }) => ({ score: scoreOf(doubts, weighed), right: Number(right[part]), count: 1 }))
      )
    )
    const curve = isotonicCurve(outcomes)
    const documents = judges.flatMap(({ heldOut, weighed }) =>
      heldOut.flatMap((sample) => documentOutcome(sample, { ...weighed, curve }))
    )
    return { part, model: { ...weigh(samples, part, names), curve }, documents }
  })
  // Object.fromEntries forgets the names of the parts.
  const models = Object.fromEntries(fitted.map(({ model, part }) => [part, model])) as Record<JudgedPart, Model>
  return { ...models, document: documentCurve(fitted.find(({ part }) => part === "block")!.documents) }
}

/** A document by the blocks that it has; nothing of one that has none. */
const documentOutcome = ({ blocks }: Sample, model: Model): ReadonlyArray<Outcome> =>
  blocks.length === 0
    ? []
    : [
        {
          score: documentScore(blocks.map(({ doubts }) => probabilityOf(doubts, model))),
          right: blocks.filter(({ right }) => right.block).length,
          count: blocks.length
        }
      ]

const weigh = (
  samples: ReadonlyArray<Sample>,
  part: JudgedPart,
  names: ReadonlyArray<DoubtName>
): Pick<Model, "bias" | "weights"> => {
  const cases = samples.flatMap(({ blocks }) => blocks.map(({ doubts, right }) => ({ doubts, isRight: right[part] })))
  const { bias, weights } = fitLogistic([...cases, ...unforeseen(samples, names)], names)
  const kept = names.map((name) => [name, rounded(weights[name])] as const).filter(([, weight]) => weight > 0)
  return { bias: rounded(bias), weights: Object.fromEntries(kept) }
}

/**
 * A document that is wrong although nothing speaks against it: there will be one, in so many, whatever the samples say.
 * Without it, what never went wrong would be trusted without bounds.
 */
const unforeseen = (samples: ReadonlyArray<Sample>, names: ReadonlyArray<DoubtName>) => {
  const blocks = samples.reduce((sum, sample) => sum + sample.blocks.length, 0) / samples.length
  // Object.fromEntries forgets the names.
  const doubts = Object.fromEntries(names.map((name) => [name, 0])) as Doubts
  return Array.from({ length: Math.round(blocks) }, () => ({ doubts, isRight: false }))
}
