import { crc32, deflateSync } from "node:zlib"
import type { PageImage } from "@timegrid/core"

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const colourTypes = { 1: 0, 3: 2 } as const

/** The pixels as a PNG file, losslessly. */
export const encodePng = ({ channels, data, heightPx, widthPx }: PageImage): Uint8Array => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(widthPx, 0)
  header.writeUInt32BE(heightPx, 4)
  header.set([8, colourTypes[channels], 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(filtered(data, widthPx * channels))),
    chunk("IEND", Buffer.alloc(0))
  ])
}

/** Each row as its difference from the one above (filter 2), which packs the white of a page well. */
const filtered = (data: Uint8Array, rowBytes: number): Uint8Array => {
  const rows = data.length / rowBytes
  const lines = new Uint8Array(data.length + rows)
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * rowBytes, row * (rowBytes + 1)]
    lines[to] = 2
    for (let at = 0; at < rowBytes; at++) {
      lines[to + 1 + at] = data[from + at]! - (row === 0 ? 0 : data[from + at - rowBytes]!)
    }
  }
  return lines
}

const chunk = (type: string, body: Uint8Array): Uint8Array => {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), body])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(body.length, 0)
  ends.writeUInt32BE(crc32(typed), 4)
  return Buffer.concat([ends.subarray(0, 4), typed, ends.subarray(4)])
}
