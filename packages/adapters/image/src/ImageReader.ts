import {
  DocumentError,
  type DocumentReader,
  type DocumentType,
  fileTooLarge,
  type Limits,
  type Page
} from "@timegrid/core"
import { Effect } from "effect"
import { decode } from "./engine.ts"
import type { ImageHeader } from "./ImageHeader.ts"
import { isJpeg, readJpegHeader } from "./jpeg.ts"
import { uprightSize } from "./orientation.ts"
import { isPng, readPngHeader, stillImageOf } from "./png.ts"
import { render } from "./render.ts"

/** A kind of image file that is read. */
interface Format {
  readonly documentType: DocumentType
  readonly isOf: (bytes: Uint8Array) => boolean
  readonly readHeader: (bytes: Uint8Array, limits: Limits) => ImageHeader
  /** What of the file the decoder is given. */
  readonly decodable: (bytes: Uint8Array) => Uint8Array
}

const formats: ReadonlyArray<Format> = [
  { documentType: "image/png", isOf: isPng, readHeader: readPngHeader, decodable: stillImageOf },
  { documentType: "image/jpeg", isOf: isJpeg, readHeader: readJpegHeader, decodable: (bytes) => bytes }
]

const formatOf = (bytes: Uint8Array) => formats.find(({ isOf }) => isOf(bytes))

const inspect = Effect.fnUntraced(function* (
  bytes: Uint8Array,
  limits: Limits
): Effect.fn.Return<{ readonly format: Format; readonly header: ImageHeader }, DocumentError> {
  if (bytes.length === 0) {
    return yield* new DocumentError({ code: "empty_file", message: "The file is empty." })
  }
  if (bytes.length > limits.fileBytes) return yield* fileTooLarge(limits)
  const format = formatOf(bytes)
  if (format === undefined) {
    return yield* new DocumentError({
      code: "unsupported_type",
      message: "The file is neither a PNG nor a JPEG image."
    })
  }
  const header = yield* Effect.try({
    try: () => format.readHeader(bytes, limits),
    catch: (cause) => {
      if (cause instanceof DocumentError) return cause
      throw cause
    }
  })
  return { format, header }
})

const pointsPerInch = 72

const pageOf = ({ heightPx, orientation, pixelsPerInch, widthPx }: ImageHeader): Page => {
  const size = uprightSize(widthPx, heightPx, orientation)
  return {
    pageNumber: 1,
    ...size,
    rotation: orientation.rotation,
    pointsPerPixel: pixelsPerInch === null ? null : pointsPerInch / pixelsPerInch,
    words: [],
    rules: [],
    fills: [],
    images: [{ x: 0, y: 0, width: size.widthPx, height: size.heightPx }],
    tables: null,
    toImage: null
  }
}

/**
 * Reads PNG and JPEG files: one page without words, upright as EXIF says, whose pixels are 8-bit sRGB on white paper;
 * of an animated PNG its still image. `check` and `open` decode nothing: damaged pixels make `render` fail with
 * `corrupt_file`. The first `render` decodes, and the pixels are kept until the scope closes. It also keeps sharp from
 * opening any other kind of file, in the whole process.
 */
export const reader: DocumentReader = {
  name: "image",
  module: import.meta.url,
  recognize: (bytes) => formatOf(bytes)?.documentType ?? null,
  check: Effect.fn("ImageReader.check")((bytes, limits) => Effect.asVoid(inspect(bytes, limits))),
  open: Effect.fn("ImageReader.open")(function* (bytes, limits) {
    const { format, header } = yield* inspect(bytes, limits)
    const decoding = Effect.suspend(() => decode(format.decodable(bytes), header, limits))
    const [raster, forget] = yield* Effect.cachedInvalidateWithTTL(decoding, Number.POSITIVE_INFINITY)
    yield* Effect.addFinalizer(() => forget)
    return {
      documentType: format.documentType,
      pages: [pageOf(header)],
      render: (pageNumber, options) =>
        pageNumber === 1
          ? Effect.flatMap(raster, (pixels) => render(pixels, limits, options))
          : Effect.die(new RangeError(`The document has no page ${pageNumber}.`))
    }
  })
}
