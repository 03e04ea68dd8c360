/** Pixels of three bytes each (red, green, blue): rows from top to bottom, no padding. */
export interface Raster {
  readonly widthPx: number
  readonly heightPx: number
  readonly data: Uint8Array
}

/** Bytes of a pixel. */
export const channels = 3

/** A rectangle in whole pixels, which may reach beyond a raster. */
export interface PixelRectangle {
  readonly left: number
  readonly top: number
  readonly widthPx: number
  readonly heightPx: number
}

/** A copy of a rectangle of the raster; white where it reaches beyond. */
export const crop = (raster: Raster, { heightPx, left, top, widthPx }: PixelRectangle): Raster => {
  const data = new Uint8Array(widthPx * heightPx * channels)
  const [fromX, toX] = [Math.max(left, 0), Math.min(left + widthPx, raster.widthPx)]
  const [fromY, toY] = [Math.max(top, 0), Math.min(top + heightPx, raster.heightPx)]
  const isInside = toX - fromX === widthPx && toY - fromY === heightPx
  if (!isInside) data.fill(0xff)
  if (fromX < toX) {
    for (let y = fromY; y < toY; y++) {
      const row = y * raster.widthPx
      const source = raster.data.subarray((row + fromX) * channels, (row + toX) * channels)
      data.set(source, ((y - top) * widthPx + fromX - left) * channels)
    }
  }
  return { widthPx, heightPx, data }
}
