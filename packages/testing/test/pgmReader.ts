import { DocumentError, type DocumentReader, type PageImage } from "@timegrid/core"
import { Effect } from "effect"

const header = /^P5\n(\d+) (\d+)\n255\n/

/** The smallest reader there can be: one gray page in binary PGM, resized by the nearest pixel. */
export const pgmReader: DocumentReader = {
  name: "pgm",
  recognize: (bytes) => (headerOf(bytes) === null ? null : "image/x-portable-graymap"),
  check: (bytes, limits) => {
    if (bytes.length === 0) return fail("empty_file", "The file is empty.")
    if (bytes.length > limits.fileBytes) return fail("file_too_large", "The file is too large.")
    const found = headerOf(bytes)
    if (found !== null && found.widthPx * found.heightPx > limits.imagePixels) {
      return fail("image_too_large", "The image has too many pixels.")
    }
    return Effect.void
  },
  open: (bytes) => {
    const found = headerOf(bytes)
    if (found === null) return fail("unsupported_type", "The file is no PGM.")
    const { heightPx, length, widthPx } = found
    if (bytes.length !== length + widthPx * heightPx) return fail("corrupt_file", "The file has another length.")
    const whole = { pageNumber: 1, widthPx, heightPx, channels: 1, data: bytes.slice(length) } as const
    return Effect.succeed({
      documentType: "image/x-portable-graymap",
      pages: [
        {
          pageNumber: 1,
          widthPx,
          heightPx,
          rotation: 0,
          pointsPerPixel: null,
          words: [],
          rules: [],
          fills: [],
          images: [{ x: 0, y: 0, width: widthPx, height: heightPx }],
          tables: null,
          toImage: null
        }
      ],
      render: (_, { region = { x: 0, y: 0, width: widthPx, height: heightPx }, scale = 1 } = {}) =>
        Effect.succeed(crop(whole, region, scale))
    })
  }
}

const headerOf = (bytes: Uint8Array) => {
  const match = header.exec(new TextDecoder("latin1").decode(bytes.subarray(0, 32)))
  return match && { length: match[0].length, widthPx: Number(match[1]), heightPx: Number(match[2]) }
}

const crop = (
  whole: PageImage,
  { height, width, x, y }: { x: number; y: number; width: number; height: number },
  scale: number
): PageImage => {
  const widthPx = Math.round(width * scale)
  const heightPx = Math.round(height * scale)
  const data = Uint8Array.from({ length: widthPx * heightPx }, (_, index) => {
    const row = y + Math.floor(Math.floor(index / widthPx) / scale)
    const column = x + Math.floor((index % widthPx) / scale)
    return whole.data[row * whole.widthPx + column]!
  })
  return { ...whole, widthPx, heightPx, data }
}

const fail = (code: DocumentError["code"], message: string) => Effect.fail(new DocumentError({ code, message }))
