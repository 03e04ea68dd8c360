/** What a document may cost before it is refused. All are checked before or while parsing, never after. */
export interface Limits {
  /** Default 25 MiB. */
  readonly fileBytes: number
  /** Pixels of one image. Default 50 million. */
  readonly imagePixels: number
  /** Default 50. */
  readonly pages: number
  /** Scans of a progressive JPEG: each costs a pass over the whole image. Default 100. */
  readonly jpegScans: number
  /** Entries of a DOCX archive. Default 2,000. */
  readonly docxEntries: number
  /** Bytes a DOCX may unpack to. Default 200 MiB. */
  readonly docxUnpackedBytes: number
  /** Unpacked to packed size of a DOCX. Default 200. */
  readonly docxRatio: number
  /** Table cells of a DOCX. Default 10,000. */
  readonly docxCells: number
  /** Seconds of processor time to parse one document. Default 10. */
  readonly cpuSeconds: number
  /** Seconds by the clock to parse one document. Default 30. */
  readonly wallSeconds: number
  /** Resident memory of the process that parses. Default 512 MiB. */
  readonly memoryBytes: number
}

/** The defaults of every limit. */
export const defaultLimits: Limits = {
  fileBytes: 25 * 1024 * 1024,
  imagePixels: 50_000_000,
  pages: 50,
  jpegScans: 100,
  docxEntries: 2_000,
  docxUnpackedBytes: 200 * 1024 * 1024,
  docxRatio: 200,
  docxCells: 10_000,
  cpuSeconds: 10,
  wallSeconds: 30,
  memoryBytes: 512 * 1024 * 1024
}
