import type { PageImage } from "@timegrid/core"

/** The image with one channel, a third of the bytes, where all of its pixels are gray, as those of most scans are. */
export const withoutNeedlessColor = (image: PageImage): PageImage => {
  const { channels, data } = image
  if (channels === 1 || !isGray(data)) return image
  const gray = new Uint8Array(data.length / channels)
  for (let i = 0; i < gray.length; i++) gray[i] = data[i * channels]!
  return { ...image, channels: 1, data: gray }
}

/** Whether the three channels of each pixel are equal; colour is mostly found within the first rows. */
const isGray = (data: Uint8Array): boolean => {
  for (let i = 0; i < data.length; i += 3) if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false
  return true
}
