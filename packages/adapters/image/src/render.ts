import { DocumentError, type Limits, type PageImage, type RenderOptions } from "@timegrid/core"
import { Effect } from "effect"
import { resize } from "./engine.ts"
import { channels, crop, type PixelRectangle, type Raster } from "./Raster.ts"

const wholePixels = (length: number) => Math.max(1, Math.round(length))

const rectangleOf = (raster: Raster, { region }: RenderOptions): PixelRectangle => ({
  left: Math.round(region?.x ?? 0),
  top: Math.round(region?.y ?? 0),
  widthPx: wholePixels(region?.width ?? raster.widthPx),
  heightPx: wholePixels(region?.height ?? raster.heightPx)
})

/**
 * The page, or a region of it, at the scale that is asked for; what lies beyond the page is white. The pixels are the
 * caller's own. Fails with `image_too_large` where more pixels are asked for than an image may have.
 */
export const render = Effect.fnUntraced(function* (
  raster: Raster,
  limits: Limits,
  options: RenderOptions = {}
): Effect.fn.Return<PageImage, DocumentError> {
  const { region, scale = 1 } = options
  const rectangle = rectangleOf(raster, options)
  const size = {
    widthPx: wholePixels((region?.width ?? raster.widthPx) * scale),
    heightPx: wholePixels((region?.height ?? raster.heightPx) * scale)
  }
  const pixels = Math.max(rectangle.widthPx * rectangle.heightPx, size.widthPx * size.heightPx)
  if (pixels > limits.imagePixels) {
    return yield* new DocumentError({
      code: "image_too_large",
      message: `The page would be drawn with ${pixels} pixels; at most ${limits.imagePixels} are allowed.`
    })
  }
  const part = crop(raster, rectangle)
  const isSized = part.widthPx === size.widthPx && part.heightPx === size.heightPx
  const { data, heightPx, widthPx } = isSized ? part : yield* resize(part, size)
  return { pageNumber: 1, widthPx, heightPx, channels, data }
})
