import type { Curve } from "./Calibration.ts"

/** The probability of a score by a curve. */
export const valueAt = (curve: Curve, score: number): number => {
  const after = curve.findIndex(([knot]) => knot >= score)
  const [right, left] = [curve.at(after), curve[after - 1]]
  if (right === undefined) return 0
  if (after < 0 || left === undefined) return right[1]
  return left[1] + ((score - left[0]) / (right[0] - left[0])) * (right[1] - left[1])
}
