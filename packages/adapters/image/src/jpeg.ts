import { DocumentError, type Limits } from "@timegrid/core"
import { centimetresPerInch, pixelsPerInchOf } from "./density.ts"
import { type Exif, readExif } from "./exif.ts"
import type { ImageHeader } from "./ImageHeader.ts"
import { orientationOf } from "./orientation.ts"
import { assertPixels, corruptFile, cutOff } from "./refusals.ts"

const markers = { startOfImage: 0xd8, endOfImage: 0xd9, startOfScan: 0xda, app0: 0xe0, app1: 0xe1 }

/** Frames of every coding, 0xC0 to 0xCF without the markers for tables, extensions and arithmetic conditioning. */
const isFrame = (marker: number) => (marker & 0xf0) === 0xc0 && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Markers that no length follows: restarts and the one for temporary use; zero is a byte of pixels. */
const standsAlone = (marker: number) => marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7)

/** EXIF (2.32, 4.6.5) has 72 written where the density is unknown, and so do libraries for JFIF. */
const unknownDensity = 72

/** A marker of a JPEG file with the data that follow it. */
interface Segment {
  readonly marker: number
  readonly data: DataView
}

/** Whether the bytes begin as every JPEG file does. */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff

/** The segments up to the end of the image, past the pixels between them. Throws where the file ends before it. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  while (true) {
    at = bytes.indexOf(0xff, at)
    if (at < 0) throw cutOff()
    while (bytes[at] === 0xff) at++
    const marker = bytes[at++]
    if (marker === undefined) throw cutOff()
    if (standsAlone(marker)) continue
    if (marker === markers.endOfImage) return
    if (at + 2 > bytes.length) throw cutOff()
    const length = view.getUint16(at)
    if (length < 2 || marker === markers.startOfImage) throw corruptFile("The JPEG file is damaged between its parts.")
    if (at + length > bytes.length) throw cutOff()
    yield { marker, data: new DataView(bytes.buffer, bytes.byteOffset + at + 2, length - 2) }
    at += length
  }
}

const startsWith = (data: DataView, text: string) =>
  data.byteLength >= text.length && [...text].every((letter, index) => data.getUint8(index) === letter.charCodeAt(0))

const sizeOf = (data: DataView) => {
  const [heightPx, widthPx] = data.byteLength < 6 ? [0, 0] : [data.getUint16(1), data.getUint16(3)]
  if (widthPx === 0 || heightPx === 0) throw corruptFile("The JPEG file states no size.")
  return { widthPx, heightPx }
}

const jfifDensityOf = (data: DataView): number | null => {
  if (!startsWith(data, "JFIF\0") || data.byteLength < 12) return null
  const unitsPerInch = [0, 1, centimetresPerInch][data.getUint8(7)] ?? 0
  return pixelsPerInchOf(data.getUint16(8), data.getUint16(10), unitsPerInch)
}

const exifOf = (data: DataView): Exif | null =>
  startsWith(data, "Exif\0\0") ? readExif(new Uint8Array(data.buffer, data.byteOffset + 6, data.byteLength - 6)) : null

const tooManyScans = ({ jpegScans }: Limits) =>
  new DocumentError({
    code: "decompression_bomb",
    message: `The JPEG file draws its image in more than the ${jpegScans} passes that are allowed.`
  })

/**
 * Walks the markers of a JPEG file without decoding. Throws a `DocumentError` for damage, too many pixels and too many
 * scans.
 */
export const readJpegHeader = (bytes: Uint8Array, limits: Limits): ImageHeader => {
  let size: { readonly widthPx: number; readonly heightPx: number } | null = null
  let scans = 0
  let exif: Exif | null = null
  let jfifDensity: number | null = null
  for (const { data, marker } of segmentsOf(bytes)) {
    if (isFrame(marker)) {
      if (size !== null) throw corruptFile("The JPEG file states its size twice.")
      size = sizeOf(data)
      assertPixels(size.widthPx, size.heightPx, limits)
    } else if (marker === markers.startOfScan) {
      if (++scans > limits.jpegScans) throw tooManyScans(limits)
    } else if (marker === markers.app0) {
      jfifDensity ??= jfifDensityOf(data)
    } else if (marker === markers.app1) {
      exif ??= exifOf(data)
    }
  }
  if (size === null || scans === 0) throw corruptFile("The JPEG file has no pixels.")
  const pixelsPerInch = exif?.pixelsPerInch ?? jfifDensity
  return {
    ...size,
    orientation: exif?.orientation ?? orientationOf(undefined),
    pixelsPerInch: pixelsPerInch === unknownDensity ? null : pixelsPerInch
  }
}
