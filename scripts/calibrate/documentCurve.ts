import type { Curve } from "../../packages/core/src/confidence/Calibration.ts"
import { acceptanceThreshold } from "../../packages/core/src/index.ts"
import { expectedShare, isotonicSteps, type Outcome, risingCurve, shareOf } from "./isotonic.ts"

/** Of the blocks of all documents at or above the default threshold, at most this share is wrong. */
const acceptedRisk = 0.01

const threshold = acceptanceThreshold / 100
/** What is below the threshold stays visibly below, whatever is rounded. */
const justBelow = threshold - 0.0005

/** What only readings reach that others bear out. */
const agreed = 0.9999

/**
 * The curve from documents' scores to their confidence: the share of blocks that are right in documents of a score, but
 * so that the default threshold stands at the lowest score from which the documents, taken together, keep to
 * {@link acceptedRisk}. Below the lowest score that was seen it falls as the score does.
 */
export const documentCurve = (documents: ReadonlyArray<Outcome>): Curve => {
  const ranked = documents.toSorted((a, b) => a.score - b.score)
  const knots = isotonicSteps(ranked).map((step) => [step.score, expectedShare(step)] as const)
  const [lowest, least] = [ranked[0]!.score, knots[0]![1]]
  const steps = [[0, Math.max(0, least - lowest)] as const, [lowest, least] as const, ...knots]
  const first = firstAccepted(ranked)
  const [accepted, refused] = [ranked[first], ranked[first - 1]]
  const border = accepted && refused ? (accepted.score + refused.score) / 2 : accepted ? lowest : Infinity
  return risingCurve([
    ...(accepted ? [[1, agreed] as const] : []),
    ...steps.map(([score, share]) => {
      return [score, score < border ? Math.min(share, justBelow) : Math.max(share, threshold)] as const
    }),
    ...(accepted && refused ? [[(refused.score + border) / 2, justBelow] as const, [border, threshold] as const] : [])
  ])
}

/** The place of the first document, lowest score first, from which all together keep to the risk. */
const firstAccepted = (ranked: ReadonlyArray<Outcome>): number => {
  let [first, right, count] = [ranked.length, 0, 0]
  for (let i = ranked.length - 1; i >= 0; i--) {
    right += ranked[i]!.right
    count += ranked[i]!.count
    if (shareOf({ score: 0, right, count }) >= 1 - acceptedRisk && ranked[i - 1]?.score !== ranked[i]!.score) first = i
  }
  return first
}
