import { centimetresPerInch, pixelsPerInchOf } from "./density.ts"
import { type Orientation, orientationOf } from "./orientation.ts"

/** What EXIF data say of how to show an image. */
export interface Exif {
  readonly orientation: Orientation
  readonly pixelsPerInch: number | null
}

const littleEndianMark = 0x4949
const bigEndianMark = 0x4d4d
const tiffVersion = 42
const entryBytes = 12
const tags = { orientation: 0x0112, xResolution: 0x011a, yResolution: 0x011b, resolutionUnit: 0x0128 }
const types = { short: 3, long: 4, rational: 5 }
const centimetres = 3

/** The numbers of the first directory of a TIFF structure, by tag; what points outside is left out. */
const readNumbers = (tiff: Uint8Array): ReadonlyMap<number, number> => {
  const numbers = new Map<number, number>()
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  if (tiff.length < 8) return numbers
  const mark = view.getUint16(0)
  const littleEndian = mark === littleEndianMark
  if (!littleEndian && mark !== bigEndianMark) return numbers
  if (view.getUint16(2, littleEndian) !== tiffVersion) return numbers
  const directory = view.getUint32(4, littleEndian)
  if (directory + 2 > tiff.length) return numbers
  const count = view.getUint16(directory, littleEndian)
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + entryBytes * index
    if (entry + entryBytes > tiff.length) break
    const tag = view.getUint16(entry, littleEndian)
    const type = view.getUint16(entry + 2, littleEndian)
    const value = entry + 8
    if (type === types.short) numbers.set(tag, view.getUint16(value, littleEndian))
    if (type === types.long) numbers.set(tag, view.getUint32(value, littleEndian))
    if (type === types.rational) {
      const at = view.getUint32(value, littleEndian)
      if (at + 8 > tiff.length) continue
      numbers.set(tag, view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian))
    }
  }
  return numbers
}

/** Reads EXIF data, which are a TIFF structure; damaged data say that the image is upright and of no known size. */
export const readExif = (tiff: Uint8Array): Exif => {
  const numbers = readNumbers(tiff)
  const across = numbers.get(tags.xResolution) ?? 0
  const unitsPerInch = numbers.get(tags.resolutionUnit) === centimetres ? centimetresPerInch : 1
  return {
    orientation: orientationOf(numbers.get(tags.orientation)),
    pixelsPerInch: pixelsPerInchOf(across, numbers.get(tags.yResolution) ?? across, unitsPerInch)
  }
}
