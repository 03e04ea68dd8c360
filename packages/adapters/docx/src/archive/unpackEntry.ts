import { crc32, inflateRawSync } from "node:zlib"
import { corruptFile, decompressionBomb, documentEncrypted } from "../refusals.ts"
import { type ArchiveEntry, viewOf } from "./centralDirectory.ts"

const localSignature = 0x04034b50
const localBytes = 30

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

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code

/** Stops as soon as there is more than the entry declares. */
const inflate = (packed: Uint8Array, entry: ArchiveEntry): Uint8Array => {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpackedBytes) })
  } catch (cause) {
    throw hasCode(cause, "ERR_BUFFER_TOO_LARGE")
      ? decompressionBomb(`The entry ${entry.name} of this Word file unpacks to more than it declares.`)
      : corruptFile(`The entry ${entry.name} of this Word file cannot be unpacked.`, cause)
  }
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
