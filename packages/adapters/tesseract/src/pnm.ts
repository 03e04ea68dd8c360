import type { PageImage } from "@timegrid/core"

/** The image as binary PGM (gray) or PPM (colour): a short header, then the very bytes, copied once. */
export const pnmOf = ({ channels, data, heightPx, widthPx }: PageImage): Uint8Array<ArrayBuffer> => {
  const header = new TextEncoder().encode(`P${channels === 1 ? 5 : 6}\n${widthPx} ${heightPx}\n255\n`)
  const file = new Uint8Array(header.length + data.length)
  file.set(header)
  file.set(data, header.length)
  return file
}
