import { crc32 } from "node:zlib"
import type { Limits } from "@timegrid/core"
import { metresPerInch, pixelsPerInchOf } from "./density.ts"
import { type Exif, readExif } from "./exif.ts"
import type { ImageHeader } from "./ImageHeader.ts"
import { orientationOf } from "./orientation.ts"
import { assertPixels, corruptFile, cutOff } from "./refusals.ts"

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const headerBytes = 13
const largestSide = 0x7fffffff
const perMetre = 1

/** Bits a sample that each colour type may have (PNG specification, 11.2.1). */
const bitDepths: ReadonlyMap<number, ReadonlyArray<number>> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]]
])

/** A chunk of a PNG file. */
interface Chunk {
  readonly type: string
  readonly data: DataView
  /** The whole chunk with its length, type and checksum. */
  readonly bytes: Uint8Array
}

/** Whether the bytes begin as every PNG file does. */
export const isPng = (bytes: Uint8Array): boolean => signature.every((byte, index) => bytes[index] === byte)

/** The chunks up to the last, `IEND`. Throws where the file ends before it. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = signature.length
  while (true) {
    if (at + 12 > bytes.length) throw cutOff()
    const length = view.getUint32(at)
    const end = at + 8 + length
    if (end + 4 > bytes.length) throw cutOff()
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (!/^[A-Za-z]{4}$/.test(type)) throw corruptFile("The PNG file is damaged between its parts.")
    // A wrong size would pass every limit; damage elsewhere shows when the pixels are decoded.
    if (type === "IHDR" && crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) {
      throw corruptFile("The header of the PNG file is damaged.")
    }
    const data = new DataView(bytes.buffer, bytes.byteOffset + at + 8, length)
    yield { type, data, bytes: bytes.subarray(at, end + 4) }
    if (type === "IEND") return
    at = end + 4
  }
}

const sizeOf = ({ data, type }: Chunk) => {
  const fault = corruptFile("The PNG file has no valid header.")
  if (type !== "IHDR" || data.byteLength !== headerBytes) throw fault
  const widthPx = data.getUint32(0)
  const heightPx = data.getUint32(4)
  const isSize = widthPx > 0 && heightPx > 0 && widthPx <= largestSide && heightPx <= largestSide
  const isFormat = bitDepths.get(data.getUint8(9))?.includes(data.getUint8(8)) ?? false
  const [compression, filter, interlacing] = [data.getUint8(10), data.getUint8(11), data.getUint8(12)]
  if (!isSize || !isFormat || compression !== 0 || filter !== 0 || interlacing > 1) throw fault
  return { widthPx, heightPx }
}

const densityOf = (data: DataView): number | null =>
  data.byteLength === 9 && data.getUint8(8) === perMetre
    ? pixelsPerInchOf(data.getUint32(0), data.getUint32(4), metresPerInch)
    : null

/** Walks the chunks of a PNG file without decoding. Throws a `DocumentError` for damage and for too many pixels. */
export const readPngHeader = (bytes: Uint8Array, limits: Limits): ImageHeader => {
  const chunks = chunksOf(bytes)
  const first = chunks.next()
  if (first.done) throw cutOff()
  const { heightPx, widthPx } = sizeOf(first.value)
  assertPixels(widthPx, heightPx, limits)
  let hasPixels = false
  let exif: Exif | null = null
  let density: number | null = null
  for (const { data, type } of chunks) {
    if (type === "IDAT") hasPixels = true
    if (type === "pHYs") density ??= densityOf(data)
    if (type === "eXIf") exif ??= readExif(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  if (!hasPixels) throw corruptFile("The PNG file has no pixels.")
  return {
    widthPx,
    heightPx,
    orientation: exif?.orientation ?? orientationOf(undefined),
    pixelsPerInch: density ?? exif?.pixelsPerInch ?? null
  }
}

/**
 * What the look of the pixels depends on. Nothing else may reach the decoder, which unpacks every packed text: 0.7 MB of
 * them cost it 11 seconds and 2 GB.
 */
const drawnTypes = new Set(["IHDR", "PLTE", "tRNS", "cHRM", "gAMA", "iCCP", "sRGB", "sBIT", "IDAT", "IEND"])

/** The PNG file without all that its still image can do without. Throws a `DocumentError` for damage. */
export const stillImageOf = (bytes: Uint8Array): Uint8Array => {
  const seen = new Set<string>()
  const kept = [bytes.subarray(0, signature.length)]
  for (const chunk of chunksOf(bytes)) {
    const isKept = drawnTypes.has(chunk.type) && (chunk.type === "IDAT" || !seen.has(chunk.type))
    seen.add(chunk.type)
    if (isKept) kept.push(chunk.bytes)
  }
  return Buffer.concat(kept)
}
