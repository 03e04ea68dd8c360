import type { DocumentReader } from "@timegrid/core"
import * as docx from "@timegrid/docx"
import * as image from "@timegrid/image"
import * as pdf from "@timegrid/pdf"

/** The readers of PDF, PNG, JPEG and Word files, which come with this package. */
export const builtInReaders: ReadonlyArray<DocumentReader> = [pdf, image, docx].flatMap((m) =>
  "reader" in m ? [m.reader as DocumentReader] : []
)
