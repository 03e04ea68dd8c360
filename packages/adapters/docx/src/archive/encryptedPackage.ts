import { viewOf } from "./centralDirectory.ts"

const compoundFileSignature = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
const streamName = Buffer.from("EncryptedPackage\0", "utf16le")
const directoryEntryBytes = 128

/**
 * Whether the bytes are an OLE2 compound file with a stream `EncryptedPackage`: how Office stores a document behind a
 * password. What kind of document it holds cannot be seen from outside.
 */
export const isEncryptedPackage = (bytes: Uint8Array): boolean => {
  if (!compoundFileSignature.every((byte, index) => bytes[index] === byte)) return false
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const view = viewOf(bytes)
  for (let at = buffer.indexOf(streamName); at !== -1; at = buffer.indexOf(streamName, at + 1)) {
    // Directory entries are aligned and state their name's length: the words in a document's text are neither.
    const isEntry = at % directoryEntryBytes === 0 && at + directoryEntryBytes <= bytes.length
    if (isEntry && view.getUint16(at + 64, true) === streamName.length) return true
  }
  return false
}
