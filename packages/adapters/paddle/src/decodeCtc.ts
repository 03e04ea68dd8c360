/** A character that the recogniser saw, and the time steps over which it saw it. */
export interface SeenCharacter {
  readonly text: string
  /** The highest that the model gave it in one of its steps. */
  readonly probability: number
  /** First step, and the one after the last. */
  readonly from: number
  readonly to: number
}

/**
 * The most likely character of every step, runs of one character taken as one and blanks dropped. `probabilities` has
 * a row a step; class 0 is the blank, class n the n-th entry of `alphabet`.
 */
export const decodeCtc = (
  probabilities: Float32Array,
  alphabet: ReadonlyArray<string>
): ReadonlyArray<SeenCharacter> => {
  const classes = alphabet.length + 1
  const seen: Array<SeenCharacter> = []
  let previous = 0
  for (let step = 0; (step + 1) * classes <= probabilities.length; step++) {
    const row = step * classes
    let best = 0
    for (let each = 1; each < classes; each++) if (probabilities[row + each]! > probabilities[row + best]!) best = each
    const probability = Math.min(1, probabilities[row + best]!)
    const last = seen.at(-1)
    if (best !== 0 && best === previous && last !== undefined) {
      seen[seen.length - 1] = { ...last, probability: Math.max(last.probability, probability), to: step + 1 }
    } else if (best !== 0) {
      seen.push({ text: alphabet[best - 1]!, probability, from: step, to: step + 1 })
    }
    previous = best
  }
  return seen
}
