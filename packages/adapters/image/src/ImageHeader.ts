import type { Orientation } from "./orientation.ts"

/** What an image file says of itself before its pixels are decoded. */
export interface ImageHeader {
  /** As the pixels are stored: width and height change places where `orientation` turns them by a quarter. */
  readonly widthPx: number
  readonly heightPx: number
  /** What makes the stored pixels stand upright. */
  readonly orientation: Orientation
  /** Null where the file states none that can be trusted. */
  readonly pixelsPerInch: number | null
}
