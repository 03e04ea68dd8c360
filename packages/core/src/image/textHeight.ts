import { median } from "../table/geometry.ts"
import type { GrayImage } from "./gray.ts"
import { letterBoxes } from "./letters.ts"

/** Capitals with their accents and descenders are about so many times as high as the median piece of writing. */
const lineShare = 1.35
/** Fewer pieces tell nothing. */
const enoughPieces = 12

/**
 * Estimates the height of a line of writing on a page, in pixels: from the median height of pieces that have the shape
 * of letters. Around light letters on a dark ground, the ground between them has their height.
 */
export const textHeight = (gray: GrayImage): number => {
  const heights = letterBoxes(gray, "dark").map(({ height }) => height)
  const usual = gray.width / 70
  if (heights.length < enoughPieces) return usual
  return Math.min(gray.width / 25, Math.max(gray.width / 250, lineShare * median(heights)!))
}
