/** Coarser or finer than scanners and screens are, a stated density is a mistake or a placeholder. */
const trustedRange = { from: 60, to: 1200 }

/** Rounded rationals and centimetres make equal densities differ by less than this share. */
const tolerance = 0.01

/**
 * Pixels an inch from the densities across and down; null where they cannot be trusted, or differ, because then the
 * pixels are not square.
 */
export const pixelsPerInchOf = (across: number, down: number, unitsPerInch = 1): number | null => {
  const pixelsPerInch = across * unitsPerInch
  const isSquare = Math.abs(across - down) <= tolerance * across
  return isSquare && pixelsPerInch >= trustedRange.from && pixelsPerInch <= trustedRange.to ? pixelsPerInch : null
}

/** Centimetres in an inch. */
export const centimetresPerInch = 2.54
/** Metres in an inch. */
export const metresPerInch = 0.0254
