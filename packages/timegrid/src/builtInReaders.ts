import type { DocumentReader } from "@timegrid/core"
import { reader as docx } from "@timegrid/docx"
import { reader as image } from "@timegrid/image"
import { reader as pdf } from "@timegrid/pdf"

/** The readers of PDF, PNG, JPEG and Word files, which come with this package. */
export const builtInReaders: ReadonlyArray<DocumentReader> = [pdf, image, docx]
