import type { Curve } from "../../packages/core/src/confidence/Calibration.ts"
import { valueAt } from "../../packages/core/src/confidence/curve.ts"
import { acceptanceThreshold } from "../../packages/core/src/index.ts"
import { expectedShare, isotonicSteps, type Outcome, risingCurve, type Step } from "./isotonic.ts"

/**
 * Of the blocks of all documents at or above the default threshold, at most this share is wrong: half of what is promised,
 * since documents of other families are read a little worse than those that are fitted on.
 */
const acceptedRisk = 0.005

const threshold = acceptanceThreshold / 100
/** What is refused stays visibly below the threshold, whatever is rounded. */
const justBelow = threshold - 0.0005
/** What only readings reach that others bear out. */
const agreed = 0.9999

/**
 * The curve from documents' scores to their confidence. It is at or above the default threshold from the lowest score on
 * of which the documents from there on, taken together, keep to {@link acceptedRisk}, and tells the share of blocks that
 * are right below it. Below the lowest score that was seen it falls as the score does.
 */
export const documentCurve = (documents: ReadonlyArray<Outcome>): Curve => {
  const ranked = documents.toSorted((a, b) => a.score - b.score)
  const shares = sharesBy(isotonicSteps(ranked))
  const first = firstAccepted(ranked)
  const [accepted, refused] = [ranked[first], ranked[first - 1]]
  const border = accepted === undefined ? 1 : refused === undefined ? 0 : (accepted.score + refused.score) / 2
  const least = accepted ? valueAt(shares, accepted.score) : 1
  // Shares below the threshold are spread between it and certainty where they are accepted all the same.
  const lift = (share: number) =>
    least >= threshold ? share : threshold + ((share - least) / (1 - least)) * (1 - threshold)
  return risingCurve([
    ...shares.map(([score, share]) => [score, score < border ? Math.min(share, justBelow) : lift(share)] as const),
    ...(border > 0 ? [[border, Math.min(justBelow, valueAt(shares, border))] as const] : []),
    ...(accepted ? [[accepted.score, lift(least)] as const] : []),
    [1, accepted ? agreed : justBelow]
  ])
}

/** Within a step, too, a higher score is worth more: by this share of what is wrong there, or of the way to the next step. */
const lean = 0.25

/** The curve along both ends of each step. */
const sharesBy = (steps: ReadonlyArray<Step>): Curve => {
  const shares = steps.map(expectedShare)
  const [lowest, least] = [steps[0]!.from, shares[0]!]
  const ends = steps.flatMap(({ from, to }, i) => {
    const [before = 0, share, after = agreed] = [shares[i - 1], shares[i]!, shares[i + 1]]
    const leaning = (way: number): number => lean * Math.max(0, Math.min(way, 1 - share))
    return [[from, share - leaning(share - before)] as const, [to, share + leaning(after - share)] as const]
  })
  return risingCurve([[0, Math.max(0, least - lowest)], ...ends])
}

/** The place of the first document, lowest score first, from which all together keep to the risk. */
const firstAccepted = (ranked: ReadonlyArray<Outcome>): number => {
  let [first, wrong, count] = [ranked.length, 0, 0]
  for (let i = ranked.length - 1; i >= 0; i--) {
    wrong += ranked[i]!.count - ranked[i]!.right
    count += ranked[i]!.count
    if (wrong <= acceptedRisk * count && ranked[i - 1]?.score !== ranked[i]!.score) first = i
  }
  return first
}
