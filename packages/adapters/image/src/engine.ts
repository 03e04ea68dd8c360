import type { DocumentError, Limits } from "@timegrid/core"
import { Effect } from "effect"
import type { ImageHeader } from "./ImageHeader.ts"
import { uprightSize } from "./orientation.ts"
import { channels, type Raster } from "./Raster.ts"
import { corruptFile } from "./refusals.ts"

type Sharp = typeof import("sharp").default

/** Loaded with the first image, so that nothing native is there where no pixels are read. */
let loading: Promise<Sharp> | null = null

const loadSharp = async (): Promise<Sharp> => {
  const { default: sharp } = await import("sharp")
  // libvips would open SVG, GIF and more under any name; all of this holds for the whole process.
  sharp.block({ operation: ["VipsForeignLoad"] })
  sharp.unblock({ operation: ["VipsForeignLoadPng", "VipsForeignLoadJpeg"] })
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

/** sharp, with all loaders blocked but those of PNG and JPEG. */
export const loadedEngine = Effect.promise(() => {
  loading ??= loadSharp()
  return loading
})

const white = "#FFFFFF"

type FailOn = "warning" | "error"

const decodeStrictly = async (
  sharp: Sharp,
  bytes: Uint8Array,
  { orientation }: ImageHeader,
  { imagePixels }: Limits,
  failOn: FailOn
): Promise<Raster> => {
  const image = sharp(bytes, { failOn, limitInputPixels: imagePixels })
  const { data, info } = await image
    .flop(orientation.mirrored)
    .rotate(orientation.rotation)
    .flatten({ background: white })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { widthPx: info.width, heightPx: info.height, data }
}

/** Some cameras write so, and no pixel depends on it. */
const harmlessWarning = "VipsJpeg: Invalid SOS parameters for sequential JPEG"

const isHarmless = (cause: unknown) => cause instanceof Error && cause.message.trim() === harmlessWarning

const decodeUpright = (sharp: Sharp, bytes: Uint8Array, header: ImageHeader, limits: Limits) =>
  // Damaged pixels are but a warning to the JPEG decoder, which then makes some up.
  decodeStrictly(sharp, bytes, header, limits, "warning").catch((cause) => {
    if (isHarmless(cause)) return decodeStrictly(sharp, bytes, header, limits, "error")
    throw cause
  })

/** The pixels of an image in 8-bit sRGB on white paper, upright. Fails with `corrupt_file` where they are damaged. */
export const decode = Effect.fnUntraced(function* (
  bytes: Uint8Array,
  header: ImageHeader,
  limits: Limits
): Effect.fn.Return<Raster, DocumentError> {
  const sharp = yield* loadedEngine
  const raster = yield* Effect.tryPromise({
    try: () => decodeUpright(sharp, bytes, header, limits),
    catch: (cause) => corruptFile("The pixels of the image are damaged, or coded in a way that is not read.", cause)
  })
  const { heightPx, widthPx } = uprightSize(header.widthPx, header.heightPx, header.orientation)
  const isWhole = raster.widthPx === widthPx && raster.heightPx === heightPx
  if (!isWhole || raster.data.length !== widthPx * heightPx * channels) {
    return yield* corruptFile("The image has another size than it states.")
  }
  return raster
})

/** The raster drawn at another size. */
export const resize = Effect.fnUntraced(function* (
  { data, heightPx, widthPx }: Raster,
  size: { readonly widthPx: number; readonly heightPx: number }
): Effect.fn.Return<Raster> {
  const sharp = yield* loadedEngine
  const raw = { width: widthPx, height: heightPx, channels } as const
  const resized = yield* Effect.promise(() =>
    sharp(data, { raw, limitInputPixels: false }).resize(size.widthPx, size.heightPx, { fit: "fill" }).raw().toBuffer()
  )
  return { ...size, data: new Uint8Array(resized.buffer, resized.byteOffset, resized.length) }
})
