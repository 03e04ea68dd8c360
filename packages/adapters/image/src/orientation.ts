import type { Rotation } from "@timegrid/core"

/** What has to be done to stored pixels so that they stand upright: first mirror, then turn. */
export interface Orientation {
  /** Whether left and right change places. */
  readonly mirrored: boolean
  /** Degrees clockwise. */
  readonly rotation: Rotation
}

const upright: Orientation = { mirrored: false, rotation: 0 }

/** In the order of the values of the EXIF tag, from 1 (EXIF 2.32, 4.6.4). */
const orientations: ReadonlyArray<Orientation> = [
  upright,
  { mirrored: true, rotation: 0 },
  { mirrored: false, rotation: 180 },
  { mirrored: true, rotation: 180 },
  { mirrored: true, rotation: 270 },
  { mirrored: false, rotation: 90 },
  { mirrored: true, rotation: 90 },
  { mirrored: false, rotation: 270 }
]

/** The orientation of an EXIF value from 1 to 8; upright for every other. */
export const orientationOf = (exifValue: number | undefined): Orientation =>
  exifValue === undefined ? upright : (orientations[exifValue - 1] ?? upright)

/** Width and height of an image once it stands upright. */
export const uprightSize = (
  widthPx: number,
  heightPx: number,
  { rotation }: Orientation
): { readonly widthPx: number; readonly heightPx: number } =>
  rotation === 90 || rotation === 270 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx }
