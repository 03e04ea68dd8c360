import type { PageImage } from "@timegrid/core"

/** Bytes of an image from one sample of its brightness to the next; odd, so that no column is always missed. */
const stride = 13

/** The image, or its negative where most of it is dark. */
export const darkOnLight = (image: PageImage): PageImage => {
  const { data } = image
  let [sum, count] = [0, 0]
  for (let at = 0; at < data.length; at += stride) {
    sum += data[at]!
    count++
  }
  return sum >= 128 * count ? image : { ...image, data: data.map((level) => 255 - level) }
}

/** The image as binary PGM (gray) or PPM (colour): a short header, then the very bytes, copied once. */
export const pnmOf = ({ channels, data, heightPx, widthPx }: PageImage): Uint8Array<ArrayBuffer> => {
  const header = new TextEncoder().encode(`P${channels === 1 ? 5 : 6}\n${widthPx} ${heightPx}\n255\n`)
  const file = new Uint8Array(header.length + data.length)
  file.set(header)
  file.set(data, header.length)
  return file
}
