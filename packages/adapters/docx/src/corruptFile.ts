import { DocumentError } from "@timegrid/core"

/** The error of a Word file that is damaged or not what it claims to be. */
export const corruptFile = (message: string, cause?: unknown): DocumentError =>
  new DocumentError({ code: "corrupt_file", message, cause })
