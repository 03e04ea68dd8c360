/** Twips (1/20 point) a pixel at 96 dots an inch. */
export const twipsPerPixel = 15
/** The finite number in an attribute, or null. */
export const numberOf = (value: string | null | undefined): number | null => {
  const number = value == null || value.trim() === "" ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}
