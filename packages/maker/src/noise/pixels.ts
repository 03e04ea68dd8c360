import sharp from "sharp"
import type { Random } from "../Random.ts"
import type { Raster } from "../render/raster.ts"

const ofSharp = (image: Raster) => sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })

/** A PNG of the pixels, as small as it gets without loss. */
export const encodePng = async (image: Raster): Promise<Uint8Array> =>
  new Uint8Array(await ofSharp(image).png({ compressionLevel: 9 }).toBuffer())

/** A JPEG of the pixels at a quality of 1 to 100. */
export const encodeJpeg = async (image: Raster, quality: number): Promise<Uint8Array> =>
  new Uint8Array(await ofSharp(image).jpeg({ quality }).toBuffer())

/** Gaussian blur; sigma in pixels, at least 0.3. */
export const blur = async (image: Raster, sigma: number): Promise<Raster> => ({
  ...image,
  data: new Uint8Array(await ofSharp(image).blur(sigma).raw().toBuffer())
})

/** Each pixel and channel as `change` says of it; results are cut to a byte. */
export const mapPixels = (image: Raster, change: (value: number, x: number, y: number) => number): Raster => {
  const data = new Uint8ClampedArray(image.data.length)
  let index = 0
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      for (let channel = 0; channel < 3; channel++, index++) data[index] = change(image.data[index]!, x, y)
    }
  }
  return { ...image, data: new Uint8Array(data.buffer) }
}

/** Adds the same noise to the three channels of each pixel; its deviation is in steps of a byte. */
export const addNoise = (random: Random, image: Raster, deviation: number): Raster => {
  const data = new Uint8ClampedArray(image.data.length)
  for (let index = 0; index < data.length; index += 3) {
    // The sum of three uniform draws is close enough to a normal one; each has a variance of 1/12.
    const noise = (random.next() + random.next() + random.next() - 1.5) * 2 * deviation
    for (let channel = 0; channel < 3; channel++) data[index + channel] = image.data[index + channel]! + noise
  }
  return { ...image, data: new Uint8Array(data.buffer) }
}

/** Luminance in all three channels. */
export const toGray = (image: Raster): Raster => {
  const data = new Uint8Array(image.data.length)
  for (let index = 0; index < data.length; index += 3) {
    const gray = 0.299 * image.data[index]! + 0.587 * image.data[index + 1]! + 0.114 * image.data[index + 2]!
    data.fill(Math.round(gray), index, index + 3)
  }
  return { ...image, data }
}

/** The image seen through `source`, which says where in `image` a pixel of the result lies; `background` fills outside. */
export const warp = (
  image: Raster,
  width: number,
  height: number,
  source: (x: number, y: number) => readonly [x: number, y: number],
  background: number
): Raster => {
  const data = new Uint8Array(width * height * 3).fill(background)
  const stride = image.width * 3
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const [sourceX, sourceY] = source(x, y)
      const left = Math.floor(sourceX)
      const top = Math.floor(sourceY)
      if (left < 0 || top < 0 || left >= image.width - 1 || top >= image.height - 1) continue
      const right = sourceX - left
      const down = sourceY - top
      const from = top * stride + left * 3
      for (let channel = 0; channel < 3; channel++) {
        const at = from + channel
        const upper = image.data[at]! * (1 - right) + image.data[at + 3]! * right
        const lower = image.data[at + stride]! * (1 - right) + image.data[at + stride + 3]! * right
        data[to + channel] = upper * (1 - down) + lower * down
      }
    }
  }
  return { width, height, data }
}
