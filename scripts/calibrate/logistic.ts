/** One case: the numbers that speak against it, and whether it was right nevertheless. */
export interface Case<Name extends string> {
  readonly doubts: Readonly<Record<Name, number>>
  readonly isRight: boolean
}

/** A logistic model in which no doubt can raise the score. */
export interface LogisticModel<Name extends string> {
  readonly bias: number
  readonly weights: Readonly<Record<Name, number>>
}

/**
 * What a doubt weighs as long as cases do not say otherwise: what hardly ever occurs among them is no reason for trust.
 */
const priorWeight = 2
/** How many units of curvature the prior is worth. */
const priorStrength = 1
const mostPasses = 80
const leastMove = 1e-3
/** Newton's step overshoots where nearly all cases are right. */
const longestStep = 2
const firstBias = 2

/**
 * Fits `P(right) = 1 / (1 + exp(-(bias - Σ weight · doubt)))` with weights of at least 0, by Newton's steps along one
 * coordinate at a time.
 */
export const fitLogistic = <Name extends string>(
  cases: ReadonlyArray<Case<Name>>,
  names: ReadonlyArray<Name>
): LogisticModel<Name> => {
  const columns = names.map((name) => sparse(cases.map(({ doubts }) => doubts[name])))
  const targets = cases.map(({ isRight }) => Number(isRight))
  const scores = new Float64Array(cases.length).fill(firstBias)
  for (const column of columns) move(column, -priorWeight, scores)
  const weights = new Float64Array(names.length).fill(priorWeight)
  const every = sparse(cases.map(() => 1))
  let bias = firstBias
  for (let pass = 0; pass < mostPasses; pass++) {
    const biasStep = clamp(-newton(every, 1, targets, scores, 0, 0))
    bias += biasStep
    move(every, biasStep, scores)
    let most = Math.abs(biasStep)
    columns.forEach((column, i) => {
      const pull = priorStrength * (weights[i]! - priorWeight)
      const next = Math.max(0, weights[i]! - clamp(newton(column, -1, targets, scores, pull, priorStrength)))
      const step = next - weights[i]!
      if (step === 0) return
      weights[i] = next
      move(column, -step, scores)
      most = Math.max(most, Math.abs(step))
    })
    if (most < leastMove) break
  }
  // Object.fromEntries forgets the names.
  return { bias, weights: Object.fromEntries(names.map((name, i) => [name, weights[i]!])) as Record<Name, number> }
}

interface Column {
  readonly rows: Uint32Array
  readonly values: Float64Array
}

const sparse = (values: ReadonlyArray<number>): Column => {
  const rows = Uint32Array.from(values.flatMap((value, row) => (value === 0 ? [] : [row])))
  return { rows, values: Float64Array.from(rows, (row) => values[row]!) }
}

/** Slope over curvature of the loss along one coordinate, to which `slope` and `curvature` come in addition. */
const newton = (
  { rows, values }: Column,
  sign: 1 | -1,
  targets: ReadonlyArray<number>,
  scores: Float64Array,
  slope: number,
  curvature: number
): number => {
  let [first, second] = [slope, curvature + 1e-6]
  for (let i = 0; i < rows.length; i++) {
    const [row, value] = [rows[i]!, values[i]!]
    const probability = 1 / (1 + Math.exp(-scores[row]!))
    first += sign * value * (probability - targets[row]!)
    second += value * value * probability * (1 - probability)
  }
  return first / second
}

const move = ({ rows, values }: Column, step: number, scores: Float64Array): void => {
  for (let i = 0; i < rows.length; i++) scores[rows[i]!]! += step * values[i]!
}

const clamp = (step: number): number => Math.max(-longestStep, Math.min(longestStep, step))
