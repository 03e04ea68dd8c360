import type { PageImage } from "@timegrid/core"

/** The image, or its negative where most of it is dark. */
export const darkOnLight = (image: PageImage): PageImage => {
  const sum = image.data.reduce((total, level) => total + level, 0)
  return sum >= 128 * image.data.length ? image : { ...image, data: image.data.map((level) => 255 - level) }
}

/** The image as binary PGM (gray) or PPM (colour): a short header, then the very bytes, copied once. */
export const pnmOf = ({ channels, data, heightPx, widthPx }: PageImage): Uint8Array<ArrayBuffer> => {
  const header = new TextEncoder().encode(`P${channels === 1 ? 5 : 6}\n${widthPx} ${heightPx}\n255\n`)
  const file = new Uint8Array(header.length + data.length)
  file.set(header)
  file.set(data, header.length)
  return file
}
