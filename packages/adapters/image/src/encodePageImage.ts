import type { EncodedPageImage, PageImage } from "@timegrid/core"
import { Effect } from "effect"
import { loadedEngine } from "./engine.ts"

/** Drawn pages stay below it as PNG; scans and photographs do not, and lose nothing to the eye as JPEG. */
const pngBytes = 500_000

const jpegQuality = 80

/** The page image as a file: PNG, and JPEG where PNG would be large. */
export const encodePageImage = Effect.fn("encodePageImage")(function* ({
  channels,
  data,
  heightPx,
  pageNumber,
  widthPx
}: PageImage): Effect.fn.Return<EncodedPageImage> {
  const sharp = yield* loadedEngine
  const raw = { width: widthPx, height: heightPx, channels } as const
  const image = sharp(data, { raw, limitInputPixels: false })
  const png = yield* Effect.promise(() => image.clone().png({ compressionLevel: 9 }).toBuffer())
  if (png.length <= pngBytes) {
    return { pageNumber, mediaType: "image/png", bytes: png }
  }
  const jpeg = yield* Effect.promise(() => image.jpeg({ quality: jpegQuality }).toBuffer())
  return { pageNumber, mediaType: "image/jpeg", bytes: jpeg }
})
