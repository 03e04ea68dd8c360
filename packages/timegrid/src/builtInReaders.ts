import type { DocumentReader } from "@timegrid/core"
import * as image from "@timegrid/image"
import * as pdf from "@timegrid/pdf"
import * as word from "./wordReader.ts"

/** The readers of PDF, PNG, JPEG and Word files, which come with this package; Word files with their pictures. */
export const builtInReaders: ReadonlyArray<DocumentReader> = [pdf.reader, image.reader, word.reader]
