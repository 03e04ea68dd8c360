import type { BoundingBox } from "@timegrid/core"
import { type Pixels, resample } from "./pixels.ts"
import type { Infer } from "./readLine.ts"
import { inReadingOrder, textRegions } from "./textRegions.ts"

/** The detector takes sides that are multiples of this. */
const stridePx = 32

/** A larger image is looked at smaller, as by the original: 1536 × 1088 pixels would take 0.6 s and 500 MB. */
const mostSidePx = 960

/** What the model was taught with, blue, green and red. */
const means = [0.485, 0.456, 0.406]
const deviations = [0.229, 0.224, 0.225]

/** Where lines of writing stand in an image, in reading order, in whole pixels of it. */
export const findLines = async (pixels: Pixels, infer: Infer): Promise<ReadonlyArray<BoundingBox>> => {
  const scale = Math.min(1, mostSidePx / Math.max(pixels.widthPx, pixels.heightPx))
  const widthPx = stridePx * Math.max(1, Math.round((scale * pixels.widthPx) / stridePx))
  const heightPx = stridePx * Math.max(1, Math.round((scale * pixels.heightPx) / stridePx))
  const whole = { x: 0, y: 0, width: pixels.widthPx, height: pixels.heightPx }
  const input = resample(pixels, whole, widthPx, heightPx)
  for (let channel = 0, index = 0; channel < 3; channel++) {
    for (const end = index + widthPx * heightPx; index < end; index++) {
      input[index] = (input[index]! / 255 - means[channel]!) / deviations[channel]!
    }
  }
  const regions = await infer(input, [1, 3, heightPx, widthPx], (map) => textRegions(map, widthPx, heightPx))
  const across = pixels.widthPx / widthPx
  const down = pixels.heightPx / heightPx
  return inReadingOrder(regions).map((region) => {
    const x = Math.floor(region.x * across)
    const y = Math.floor(region.y * down)
    return {
      x,
      y,
      width: Math.min(pixels.widthPx, Math.ceil((region.x + region.width) * across)) - x,
      height: Math.min(pixels.heightPx, Math.ceil((region.y + region.height) * down)) - y
    }
  })
}
