import type { Random } from "../Random.ts"
import type { Raster } from "../render/raster.ts"
import type { FamilySet } from "../sheet/fonts.ts"
import { addNoise, blur, encodeJpeg, toGray, warp } from "./pixels.ts"

/** Pixels a point of a scan at 150 to 200 dots an inch. */
export const scanScale = (random: Random): number => random.pick([150, 170, 200]) / 72

/**
 * A page on a flatbed: a little askew, soft, grainy, JPEG 60 to 85. The unseen set is in gray and turns further than
 * the fitted one.
 */
export const scan = async (random: Random, image: Raster, set: FamilySet): Promise<Uint8Array> => {
  const degrees = set === "unseen" ? random.between(0.8, 1.5) : random.between(0.1, 1.1)
  const angle = ((random.chance(0.5) ? degrees : -degrees) * Math.PI) / 180
  const cosine = Math.cos(angle)
  const sine = Math.sin(angle)
  const middleX = image.width / 2
  const middleY = image.height / 2
  const turned = warp(
    image,
    image.width,
    image.height,
    (x, y) => [
      middleX + (x - middleX) * cosine + (y - middleY) * sine,
      middleY - (x - middleX) * sine + (y - middleY) * cosine
    ],
    random.int(235, 250)
  )
  const soft = await blur(set === "unseen" ? toGray(turned) : turned, random.between(0.4, 0.9))
  return encodeJpeg(addNoise(random, soft, random.between(2, 6)), random.int(60, 85))
}
