import { DocumentError, type Limits } from "@timegrid/core"
import { type ArchiveEntry, entriesOf, findCentralDirectory } from "../archive/centralDirectory.ts"
import { isEncryptedPackage } from "../archive/encryptedPackage.ts"
import { unpackEntry } from "../archive/unpackEntry.ts"
import { corruptFile, decompressionBomb, documentEncrypted } from "../refusals.ts"

/** The parts of a Word file, unpacked one by one when asked for. */
export interface WordPackage {
  /** Names as the archive spells them. */
  readonly partNames: ReadonlyArray<string>
  /** The bytes of a part, or null where there is none of that name. Names ignore case. */
  readonly bytesOf: (partName: string) => Uint8Array | null
  /** The text of an XML part, or null where there is none of that name. */
  readonly textOf: (partName: string) => string | null
}

// A short part of plain repetitions may well shrink 500 times; it cannot hurt either.
const harmlessBytes = 1024 * 1024

const decode = (bytes: Uint8Array): string => {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return new TextDecoder(utf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8").decode(bytes)
}

const withinLimits = (bytes: Uint8Array, entries: Iterable<ArchiveEntry>, limits: Limits): void => {
  let unpackedBytes = 0
  for (const entry of entries) unpackedBytes += entry.unpackedBytes
  if (unpackedBytes > limits.docxUnpackedBytes) {
    throw decompressionBomb(`This Word file unpacks to more than ${limits.docxUnpackedBytes} bytes.`)
  }
  if (unpackedBytes > harmlessBytes && unpackedBytes > limits.docxRatio * bytes.length) {
    throw decompressionBomb(`This Word file unpacks to more than ${limits.docxRatio} times its size.`)
  }
}

const keyOf = (partName: string) => partName.replace(/^\/+/, "").toLowerCase()

/**
 * Lists a Word file's parts and holds them to the limits on size, entries, unpacked size and ratio before anything is
 * unpacked. Throws a `DocumentError`.
 */
export const openPackage = (bytes: Uint8Array, limits: Limits): WordPackage => {
  if (bytes.length === 0) throw new DocumentError({ code: "empty_file", message: "This file is empty." })
  if (bytes.length > limits.fileBytes) {
    throw new DocumentError({
      code: "file_too_large",
      message: `This file is larger than ${limits.fileBytes} bytes.`
    })
  }
  if (isEncryptedPackage(bytes)) throw documentEncrypted()
  const directory = findCentralDirectory(bytes)
  if (directory === null) throw corruptFile("This Word file is cut off before its end.")
  if (directory.entryCount > limits.docxEntries) {
    throw decompressionBomb(`This Word file has more than ${limits.docxEntries} entries.`)
  }
  const listed = [...entriesOf(bytes, directory)]
  if (listed.length !== directory.entryCount) throw corruptFile("The directory of this Word file is damaged.")
  withinLimits(bytes, listed, limits)
  const entries = new Map(listed.map((entry) => [keyOf(entry.name), entry]))
  if (entries.size !== listed.length) throw corruptFile("This Word file holds two parts of one name.")

  const bytesOf = (partName: string) => {
    const entry = entries.get(keyOf(partName))
    return entry === undefined ? null : unpackEntry(bytes, entry)
  }
  const textOf = (partName: string) => {
    const partBytes = bytesOf(partName)
    return partBytes === null ? null : decode(partBytes)
  }
  return { partNames: listed.map(({ name }) => name), bytesOf, textOf }
}
