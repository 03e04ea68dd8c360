import type { DocumentType } from "@timegrid/core"
import { entriesOf, findCentralDirectory, viewOf } from "./archive/centralDirectory.ts"
import { isEncryptedPackage } from "./archive/encryptedPackage.ts"
import { unpackEntry } from "./archive/unpackEntry.ts"
import { mainPartTypes } from "./package/WordParts.ts"

/** The type of every file that this reader takes, also where `check` will refuse it. */
export const wordType: DocumentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

const localHeaderSignature = 0x04034b50
const largestContentTypes = 1024 * 1024

const holdsWordPart = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes("word/document")

/** Whether the archive's content types name a Word document; where they cannot be read, whether it has Word's parts. */
const isWordArchive = (bytes: Uint8Array): boolean => {
  const directory = findCentralDirectory(bytes)
  if (directory === null) return holdsWordPart(bytes)
  for (const entry of entriesOf(bytes, directory)) {
    if (entry.name !== "[Content_Types].xml") continue
    if (entry.unpackedBytes > largestContentTypes) return holdsWordPart(bytes)
    try {
      return mainPartTypes.test(Buffer.from(unpackEntry(bytes, entry)).toString("latin1").replaceAll("\0", ""))
    } catch {
      return holdsWordPart(bytes)
    }
  }
  return false
}

/**
 * The type of a Word file, by its content alone. Damaged, macro-enabled and password-protected files are recognised
 * too, so that `check` can say what is wrong with them; Office documents behind a password all look alike and count
 * as Word's. The old binary `.doc`, and archives of other kinds, are null.
 */
export const recognize = (bytes: Uint8Array): DocumentType | null => {
  const isArchive = bytes.length >= 30 && viewOf(bytes).getUint32(0, true) === localHeaderSignature
  return (isArchive && isWordArchive(bytes)) || isEncryptedPackage(bytes) ? wordType : null
}
