import { crc32 } from "node:zlib"
import { defaultLimits, type Limits, type PageImage, type RenderOptions } from "@timegrid/core"
import { Effect } from "effect"
import sharp, { type Sharp } from "sharp"
import { reader } from "../src/index.ts"

/** Red, green and blue. */
export type Color = readonly [number, number, number]

/** Side of the squares of {@link mosaic}: JPEG codes squares of this size apart. */
export const squarePx = 16

/** An image of squares, each of one colour, given row by row. */
export const mosaic = (rows: ReadonlyArray<ReadonlyArray<Color>>): Sharp => {
  const [widthPx, heightPx] = [rows[0]!.length * squarePx, rows.length * squarePx]
  const data = new Uint8Array(widthPx * heightPx * 3)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      data.set(rows[Math.floor(y / squarePx)]![Math.floor(x / squarePx)]!, (y * widthPx + x) * 3)
    }
  }
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
}

/** An image of one colour. */
export const plain = (color: Color, width = 32, height = 16): Sharp => {
  const [r, g, b] = color
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
}

/** Checks and opens as the pipeline goes, then renders. */
export const pageOf = (bytes: Uint8Array, limits: Partial<Limits> = {}) => {
  const all = { ...defaultLimits, ...limits }
  return Effect.andThen(reader.check(bytes, all), reader.open(bytes, all)).pipe(
    Effect.map(({ pages }) => pages[0]!),
    Effect.scoped
  )
}

/** {@link pageOf}, then the pixels. */
export const pixelsOf = (bytes: Uint8Array, options?: RenderOptions, limits: Partial<Limits> = {}) => {
  const all = { ...defaultLimits, ...limits }
  return Effect.andThen(reader.check(bytes, all), reader.open(bytes, all)).pipe(
    Effect.flatMap(({ render }) => render(1, options)),
    Effect.scoped
  )
}

/** The colour of one pixel. */
export const colorAt = ({ channels, data, widthPx }: PageImage, x: number, y: number): ReadonlyArray<number> => [
  ...data.subarray((y * widthPx + x) * channels, (y * widthPx + x) * channels + channels)
]

/** A PNG chunk with its length and checksum. */
export const pngChunk = (type: string, data: Uint8Array): Buffer => {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length)
  chunk.write(type, 4, "latin1")
  chunk.set(data, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

/** Where the header of a PNG file ends. */
export const pngHeaderEnd = 33

/** The PNG file with further chunks after its header. */
export const withChunks = (png: Uint8Array, chunks: ReadonlyArray<Uint8Array>): Uint8Array =>
  Buffer.concat([png.subarray(0, pngHeaderEnd), ...chunks, png.subarray(pngHeaderEnd)])

/** The PNG file with another size in its header, whose checksum is right. */
export const withPngSize = (png: Uint8Array, widthPx: number, heightPx: number): Uint8Array => {
  const header = Buffer.from(png.subarray(16, 29))
  header.writeUInt32BE(widthPx)
  header.writeUInt32BE(heightPx, 4)
  return Buffer.concat([png.subarray(0, 8), pngChunk("IHDR", header), png.subarray(pngHeaderEnd)])
}

/** Where a marker of a JPEG file stands. */
export const jpegMarkerAt = (jpeg: Uint8Array, marker: number): number =>
  Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length).indexOf(Buffer.from([0xff, marker]))

/** The JPEG file with another size in its frame; only for baseline files. */
export const withJpegSize = (jpeg: Uint8Array, widthPx: number, heightPx: number): Uint8Array => {
  const changed = Buffer.from(jpeg)
  const frame = jpegMarkerAt(jpeg, 0xc0)
  changed.writeUInt16BE(heightPx, frame + 5)
  changed.writeUInt16BE(widthPx, frame + 7)
  return changed
}
