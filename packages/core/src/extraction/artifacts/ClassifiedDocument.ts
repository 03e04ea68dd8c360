import * as z from "zod"

/** What a document is by its content, and who reads it. */
export const ClassifiedDocument = z.object({
  /** A MIME type. */
  documentType: z.string(),
  /** Name of the reader among the `DocumentReaders`. */
  reader: z.string(),
  /** `sha256:` and the digest of the bytes. */
  documentHash: z.string()
})
export type ClassifiedDocument = z.output<typeof ClassifiedDocument>
