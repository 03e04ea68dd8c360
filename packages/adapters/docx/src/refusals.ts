import { DocumentError } from "@timegrid/core"

/** The file is damaged or not what it claims to be. */
export const corruptFile = (message: string, cause?: unknown): DocumentError =>
  new DocumentError({ code: "corrupt_file", message, cause })

/** A small file would cost much once it is unpacked. */
export const decompressionBomb = (message: string): DocumentError =>
  new DocumentError({ code: "decompression_bomb", message })

/** Nobody reads the file without its password. */
export const documentEncrypted = (): DocumentError =>
  new DocumentError({ code: "document_encrypted", message: "This Word file is protected by a password." })
