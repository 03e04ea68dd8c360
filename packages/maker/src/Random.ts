/** Draws that depend on nothing but the seed: the same seed gives the same draws on every machine. */
export interface Random {
  /** At least 0, below 1. */
  readonly next: () => number
  /** A whole number from `low` to `high`, both included. */
  readonly int: (low: number, high: number) => number
  /** A number from `low` up to `high`. */
  readonly between: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: ReadonlyArray<T>) => T
  readonly shuffle: <T>(list: ReadonlyArray<T>) => Array<T>
  /** A source of its own for one concern, so that a draw added there moves no draw elsewhere. */
  readonly fork: (label: string) => Random
}

const fnv1a = (text: string, basis: number): number => {
  let hash = basis
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** The source of draws of one seed. The generator is sfc32, seeded by FNV-1a hashes of the text. */
export const makeRandom = (seed: string): Random => {
  let a = fnv1a(seed, 0x811c9dc5)
  let b = fnv1a(seed, 0x9e3779b9)
  let c = fnv1a(seed, 0x85ebca6b)
  let counter = 1
  const bits = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let round = 0; round < 12; round++) bits()

  const next = () => bits() / 0x1_0000_0000
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (list) => list[int(0, list.length - 1)]!,
    shuffle: (list) => {
      const shuffled = [...list]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = int(0, last)
        ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
      }
      return shuffled
    },
    fork: (label) => makeRandom(`${seed}/${label}`)
  }
}
