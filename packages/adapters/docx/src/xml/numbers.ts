/** Twips (1/20 point) a pixel at 96 dots an inch. */
export const twipsPerPixel = 15
/** The finite number in an attribute, or null. */
export const numberOf = (value: string | null | undefined): number | null => {
  const number = value == null || value.trim() === "" ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}

/** 22 inches, the most that Word allows for a page: no length of a document needs to be longer. In twips. */
const longestTwips = 31_680

/** A length that an attribute states in twips, between 0 and the longest that Word allows; null where it has none. */
export const twipsOf = (value: string | null | undefined): number | null => {
  const twips = numberOf(value)
  return twips === null ? null : Math.min(longestTwips, Math.max(0, twips))
}

/** {@link twipsOf} in pixels at 96 dots an inch. */
export const pixelsOf = (value: string | null | undefined): number | null => {
  const twips = twipsOf(value)
  return twips === null ? null : twips / twipsPerPixel
}
