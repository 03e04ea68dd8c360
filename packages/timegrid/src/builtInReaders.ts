import type { DocumentReader } from "@timegrid/core"
import { reader as image } from "@timegrid/image"
import { reader as pdf } from "@timegrid/pdf"
import { reader as word } from "./wordReader.ts"

/** The readers of PDF, PNG, JPEG and Word files, which come with this package; Word files with their pictures. */
export const builtInReaders: ReadonlyArray<DocumentReader> = [pdf, image, word]
