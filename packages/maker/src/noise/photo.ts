import type { Random } from "../Random.ts"
import type { Raster } from "../render/raster.ts"
import type { FamilySet } from "../sheet/fonts.ts"
import { type Corners, homographyOf, type Point } from "./homography.ts"
import { addNoise, blur, encodeJpeg, mapPixels, warp } from "./pixels.ts"

/** Pixels a point before the camera makes them fewer. */
export const photoScale = 1.9

/** Light that falls off from one corner to the other, and, on a screen, stripes of moiré. */
const lit = (random: Random, image: Raster, stripes: number): Raster => {
  const angle = random.between(0, 2 * Math.PI)
  const fall = random.between(0.1, 0.35)
  const period = random.between(5, 11)
  const slant = random.between(0.2, 0.9)
  const reach = image.width + image.height
  return mapPixels(image, (value, x, y) => {
    const along = (Math.cos(angle) * (x - image.width / 2) + Math.sin(angle) * (y - image.height / 2)) / reach
    const wave = stripes === 0 ? 0 : Math.sin(((x + y * slant) / period) * 2 * Math.PI) * stripes
    return value * (1 - fall * (0.5 + along)) + wave
  })
}

/**
 * A page as a phone sees it: in perspective on a table, unevenly lit, soft, grainy, JPEG 55 to 80. The unseen set is of
 * screens, with moiré.
 */
export const photograph = async (random: Random, image: Raster, set: FamilySet): Promise<Uint8Array> => {
  const width = Math.round(image.width * random.between(1.02, 1.1))
  const height = Math.round(image.height * random.between(1.02, 1.1))
  const lean = set === "unseen" ? 0.045 : 0.035
  /** A corner of the frame, moved inwards by up to `lean`. */
  const corner = (right: 0 | 1, bottom: 0 | 1): Point => [
    right * (width - 1) + (1 - 2 * right) * random.between(0, lean) * width,
    bottom * (height - 1) + (1 - 2 * bottom) * random.between(0, lean) * height
  ]
  const seen: Corners = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)]
  const page: Corners = [
    [0, 0],
    [image.width - 1, 0],
    [image.width - 1, image.height - 1],
    [0, image.height - 1]
  ]
  const toPage = homographyOf(seen, page)
  const leaning = warp(image, width, height, toPage, random.int(60, 150))
  const soft = await blur(leaning, random.between(0.5, 1))
  const shaded = lit(random, soft, set === "unseen" ? random.between(4, 10) : 0)
  return encodeJpeg(addNoise(random, shaded, random.between(3, 7)), random.int(55, 80))
}
