import { DocumentError, type Limits } from "@timegrid/core"

/** The file is damaged or not what it claims to be. */
export const corruptFile = (message: string, cause?: unknown): DocumentError =>
  new DocumentError({ code: "corrupt_file", message, cause })

/** The file ends before its image does. */
export const cutOff = (): DocumentError => corruptFile("The image file is cut off.")

/** Throws a `DocumentError` with `image_too_large` for more pixels than one image may have. */
export const assertPixels = (widthPx: number, heightPx: number, { imagePixels }: Limits): void => {
  if (widthPx * heightPx > imagePixels) {
    throw new DocumentError({
      code: "image_too_large",
      message: `The image has ${widthPx} × ${heightPx} pixels; at most ${imagePixels} pixels are read.`
    })
  }
}
