import type { Calibration } from "../../packages/core/src/confidence/Calibration.ts"
import { documentScore, probabilityOf } from "../../packages/core/src/confidence/calibrated.ts"
import { valueAt } from "../../packages/core/src/confidence/curve.ts"
import { calibrationOf } from "../../packages/core/src/evaluation/calibration.ts"
import { riskCoverage } from "../../packages/core/src/evaluation/riskCoverage.ts"
import { acceptanceThreshold } from "../../packages/core/src/index.ts"
import type { Sample } from "./Sample.ts"

const percent = (share: number | null): string => (share === null ? "–" : (100 * share).toFixed(1))

/** How far a calibration can be trusted on samples: a line for each tier and reading. */
export const tierLines = (
  title: string,
  samples: ReadonlyArray<Sample>,
  readings: Calibration["readings"]
): ReadonlyArray<string> =>
  [...Map.groupBy(samples, ({ reading, tier }) => `${tier} (${reading})`)].map(
    ([name, own]) => `${title}, ${name}: ${describe(own, readings)}`
  )

/** How far a calibration can be trusted on samples of all tiers: a line for each way to read the images among them. */
export const wayLines = (
  title: string,
  samples: ReadonlyArray<Sample>,
  readings: Calibration["readings"]
): ReadonlyArray<string> => {
  const ways = new Set(samples.map(({ reading }) => reading).filter((reading) => reading !== "native"))
  return [...ways].map((way) => {
    const own = samples.filter(({ reading }) => reading === "native" || reading === way)
    return `${title}, all (${way}): ${describe(own, readings)}`
  })
}

const describe = (samples: ReadonlyArray<Sample>, readings: Calibration["readings"]): string => {
  const judged = samples.map(({ blocks, reading }) => {
    const calibration = readings[reading] ?? readings.other
    const outcomes = blocks.map(({ doubts, right }) => ({
      confidence: 100 * probabilityOf(doubts, calibration.block),
      isRight: right.block
    }))
    const score = documentScore(outcomes.map(({ confidence }) => confidence / 100))
    return {
      outcomes,
      confidence: blocks.length === 0 ? 0 : Math.round(10_000 * valueAt(calibration.document, score)) / 100
    }
  })
  const outcomes = judged.flatMap((document) => document.outcomes)
  const documents = judged.map((document) => ({
    confidence: document.confidence,
    blocks: document.outcomes.length,
    wrong: document.outcomes.filter(({ isRight }) => !isRight).length
  }))
  const { atRisk, atThreshold } = riskCoverage(documents, [0.01], acceptanceThreshold)
  return [
    `${samples.length} documents, ${outcomes.length} blocks,`,
    `${percent(outcomes.filter(({ isRight }) => isRight).length / Math.max(1, outcomes.length))} % right;`,
    `calibration error ${percent(calibrationOf(outcomes).error)} %;`,
    `at most 1 % wrong: ${percent(atRisk[0]!.coverage)} % of documents, from ${atRisk[0]!.threshold ?? "–"};`,
    `from ${acceptanceThreshold}: ${percent(atThreshold.coverage)} %, ${percent(atThreshold.risk)} % wrong`
  ].join(" ")
}
