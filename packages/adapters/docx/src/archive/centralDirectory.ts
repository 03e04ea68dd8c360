/** One file of a zip archive, as its central directory declares it; the sizes may lie. */
export interface ArchiveEntry {
  readonly name: string
  /** 0: stored, 8: deflated. */
  readonly method: number
  readonly encrypted: boolean
  readonly crc32: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  /** Where the entry's local header begins. */
  readonly headerOffset: number
}

/** Where a zip archive lists its entries. */
export interface CentralDirectory {
  readonly entryCount: number
  readonly offset: number
  /** First byte after the list. */
  readonly end: number
}

const endRecordSignature = 0x06054b50
const endRecordBytes = 22
const longestComment = 0xffff
const entrySignature = 0x02014b50
const entryBytes = 46

/** A view on the same memory as `bytes`. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The directory of a zip archive, or null where the bytes are no archive or end before it. */
export const findCentralDirectory = (bytes: Uint8Array): CentralDirectory | null => {
  const view = viewOf(bytes)
  const first = Math.max(0, bytes.length - endRecordBytes - longestComment)
  for (let at = bytes.length - endRecordBytes; at >= first; at--) {
    if (view.getUint32(at, true) !== endRecordSignature) continue
    const offset = view.getUint32(at + 16, true)
    const end = offset + view.getUint32(at + 12, true)
    if (end <= at) return { entryCount: view.getUint16(at + 10, true), offset, end }
  }
  return null
}

/** The entries that a directory lists; stops early where the list is damaged, so compare with `entryCount`. */
export function* entriesOf(bytes: Uint8Array, directory: CentralDirectory): Generator<ArchiveEntry> {
  const view = viewOf(bytes)
  const decoder = new TextDecoder()
  let at = directory.offset
  for (let index = 0; index < directory.entryCount; index++) {
    if (at + entryBytes > directory.end || view.getUint32(at, true) !== entrySignature) return
    const nameEnd = at + entryBytes + view.getUint16(at + 28, true)
    if (nameEnd > directory.end) return
    yield {
      name: decoder.decode(bytes.subarray(at + entryBytes, nameEnd)),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc32: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      headerOffset: view.getUint32(at + 42, true)
    }
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}
