import { type PageImage, UnreadableImage } from "@timegrid/core"
import { Effect } from "effect"
import sharp from "sharp"

/** A page image as a file. */
export interface ImageFile {
  readonly mediaType: "image/png" | "image/jpeg"
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Fine strokes keep their shape, and what is large as PNG gets several times smaller. */
const jpegQuality = 90

/** The image as PNG, or as JPEG where that has more bytes than the service takes. */
export const encodeImage = Effect.fnUntraced(function* (
  { channels, data, heightPx, widthPx }: PageImage,
  limitBytes: number
): Effect.fn.Return<ImageFile, UnreadableImage> {
  const image = sharp(data, { raw: { width: widthPx, height: heightPx, channels }, limitInputPixels: false })
  const encoded = (format: "png" | "jpeg") =>
    Effect.tryPromise({
      try: () =>
        image
          .clone()
          .toFormat(format, { quality: format === "jpeg" ? jpegQuality : 100 })
          .toBuffer(),
      catch: (cause) => new UnreadableImage({ cause })
    }).pipe(Effect.map((buffer) => new Uint8Array(buffer)))
  const png = yield* encoded("png")
  if (png.length <= limitBytes) return { mediaType: "image/png", bytes: png }
  const jpeg = yield* encoded("jpeg")
  if (jpeg.length <= limitBytes) return { mediaType: "image/jpeg", bytes: jpeg }
  return yield* Effect.fail(
    new UnreadableImage({ cause: `${jpeg.length} bytes are more than the ${limitBytes} that the service takes` })
  )
})
