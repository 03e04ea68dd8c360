import type { PageImage } from "./Page.ts"

/** Below this difference of 256 levels nobody sees writing. */
const leastContrast = 8

/** Whether nothing can be written on an image. Recognisers find letters in the grain of blank ones: ask first. */
export const isBlankImage = ({ data }: Pick<PageImage, "data">): boolean => {
  let [least, most] = [255, 0]
  for (const level of data) {
    if (level < least) least = level
    if (level > most) most = level
    if (most - least >= leastContrast) return false
  }
  return true
}
