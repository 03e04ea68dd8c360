/** Levels of brightness, counted: the number of pixels of each of the 256. */
export type LevelCounts = Uint32Array

/** No pixels of any level. */
export const noLevels = (): LevelCounts => new Uint32Array(256)

/** The middle level of `total` pixels, of an even number the lower of both; 0 for none. */
export const medianLevel = (counts: LevelCounts, total: number): number => {
  let [level, sum] = [0, counts[0]!]
  while (2 * sum < total) sum += counts[++level]!
  return level
}
