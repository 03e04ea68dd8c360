import type { Curve } from "../../packages/core/src/confidence/Calibration.ts"

/** How often what has a score came out right; several that came out alike have their mean score. */
export interface Outcome {
  readonly score: number
  readonly right: number
  readonly count: number
}

/** Outcomes taken together, since those of higher scores among them did not come out better. */
export interface Step extends Outcome {
  /** The lowest and highest score; `score` is their mean. */
  readonly from: number
  readonly to: number
}

/** The rising steps that fit outcomes best, by pooling adjacent violators; lowest score first. */
export const isotonicSteps = (outcomes: ReadonlyArray<Outcome>): ReadonlyArray<Step> => {
  const steps: Array<Step> = []
  // What has one score has one probability, whatever came first.
  const distinct = [...Map.groupBy(outcomes, ({ score }) => score).values()].map((tied) => tied.reduce(pooled))
  for (const outcome of distinct.toSorted((a, b) => a.score - b.score)) {
    let last: Step = { ...outcome, from: outcome.score, to: outcome.score }
    while (steps.length > 0 && shareOf(steps.at(-1)!) >= shareOf(last)) {
      const before = steps.pop()!
      last = { ...pooled(before, last), from: before.from, to: last.to }
    }
    steps.push(last)
  }
  return steps
}

/** How many outcomes the odds that a score claims are worth in each of its half units. */
const claimed = 2

/**
 * A curve through the middles of the isotonic steps of what has its log odds for a score. Steps of outcomes alone are long
 * and flat where few of them were wrong, and a doubt would change nothing there. So each half unit of score also holds a
 * few outcomes that came out as often as the score claims: where samples are few they tell, where these are many they
 * vanish. Below the lowest step the curve falls as a logistic curve does: what is worse than all that was seen cannot be
 * as good.
 */
export const isotonicCurve = (outcomes: ReadonlyArray<Outcome>): Curve => {
  const halfUnits = [...Map.groupBy(outcomes, ({ score }) => Math.floor(2 * score)).values()].map((own) =>
    own.reduce(pooled)
  )
  const steps = isotonicSteps(
    halfUnits.map(({ count, right, score }) => ({
      score,
      right: right + claimed * logistic(score),
      count: count + claimed
    }))
  )
  const knots = steps.map((step) => [step.score, shareOf(step)] as const)
  const [lowest, least] = knots[0]!
  const logOdds = Math.log(least / (1 - least))
  return risingCurve([...falls.map((fall) => [lowest - fall, logistic(logOdds - fall)] as const), ...knots])
}

/** Where the logistic curve is followed, below the lowest step. */
const falls = [12, 8, 6, 5, 4, 3, 2, 1]

const logistic = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))

/** The share to expect of the next by Laplace's rule of succession: no finite sample proves certainty. */
export const expectedShare = ({ count, right }: Outcome): number => (right + 1) / (count + 2)

/** Knots in the order of their scores, in four decimals, none lower than the one before it and none certain. */
export const risingCurve = (knots: Curve): Curve => {
  const kept: Array<readonly [number, number]> = []
  for (const [score, probability] of knots.toSorted(([a], [b]) => a - b)) {
    const knot = [rounded(score), Math.max(Math.min(surest, rounded(probability)), kept.at(-1)?.[1] ?? 0)] as const
    if (kept.at(-1)?.[0] === knot[0]) kept.pop()
    kept.push(knot)
  }
  return kept
}

const surest = 0.9999

/** Samples tell no more than four decimals. */
export const rounded = (value: number): number => Math.round(10_000 * value) / 10_000

const shareOf = ({ count, right }: Outcome): number => right / count

const pooled = (one: Outcome, other: Outcome): Outcome => {
  const count = one.count + other.count
  return {
    score: (one.score * one.count + other.score * other.count) / count,
    right: one.right + other.right,
    count
  }
}
