import { crc32 } from "node:zlib"
import { Inflate } from "fflate"
import { corruptFile, decompressionBomb, documentEncrypted } from "../refusals.ts"
import { type ArchiveEntry, viewOf } from "./centralDirectory.ts"

const localSignature = 0x04034b50
const localBytes = 30
// Deflate grows at most 1,032 times, so a step never adds more than about 4 MiB before the size is looked at.
const stepBytes = 4096

const packedBytesOf = (bytes: Uint8Array, entry: ArchiveEntry): Uint8Array => {
  const view = viewOf(bytes)
  const header = entry.headerOffset
  if (header + localBytes > bytes.length || view.getUint32(header, true) !== localSignature) {
    throw corruptFile(`The entry ${entry.name} of this Word file is not where its directory says.`)
  }
  const start = header + localBytes + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
  const end = start + entry.packedBytes
  if (end > bytes.length) throw corruptFile(`This Word file ends inside its entry ${entry.name}.`)
  return bytes.subarray(start, end)
}

const inflate = (packed: Uint8Array, entry: ArchiveEntry): Uint8Array => {
  const chunks: Array<Uint8Array> = []
  let length = 0
  const stream = new Inflate((chunk) => {
    length += chunk.length
    if (length > entry.unpackedBytes) {
      throw decompressionBomb(`The entry ${entry.name} of this Word file unpacks to more than it declares.`)
    }
    chunks.push(chunk)
  })
  for (let at = 0; at < packed.length; at += stepBytes) {
    stream.push(packed.subarray(at, at + stepBytes), at + stepBytes >= packed.length)
  }
  const unpacked = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    unpacked.set(chunk, at)
    at += chunk.length
  }
  return unpacked
}

/**
 * The unpacked bytes of an entry, never more than it declares: a limit on the declared sizes therefore holds for the
 * real ones. Throws a `DocumentError`: `decompression_bomb` where there would be more, `document_encrypted`, or
 * `corrupt_file`.
 */
export const unpackEntry = (bytes: Uint8Array, entry: ArchiveEntry): Uint8Array => {
  if (entry.encrypted) throw documentEncrypted()
  const packed = packedBytesOf(bytes, entry)
  if (entry.method !== 0 && entry.method !== 8) {
    throw corruptFile(`The entry ${entry.name} of this Word file is packed in a way that Word does not use.`)
  }
  const unpacked = entry.method === 0 ? packed : inflate(packed, entry)
  if (unpacked.length !== entry.unpackedBytes || crc32(unpacked) !== entry.crc32) {
    throw corruptFile(`The entry ${entry.name} of this Word file is damaged.`)
  }
  return unpacked
}
