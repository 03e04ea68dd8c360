import type { DocumentReader } from "@timegrid/core"
import { makeDocxReader } from "@timegrid/docx"
import * as image from "@timegrid/image"

const isSource = import.meta.url.endsWith(".ts")

/**
 * The reader of Word files that also reads the pictures in them: adapters do not know each other, so they meet here.
 * `module` is the file that the build makes of this module, also where its code lies in a chunk that others share.
 */
export const reader: DocumentReader = {
  ...makeDocxReader({ pictures: [image.reader] }),
  module: new URL(isSource ? "./wordReader.ts" : "./wordReader.js", import.meta.url).href
}
