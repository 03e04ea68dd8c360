import type { BoundingBox } from "@timegrid/core"
import { boxOf, type Fragment } from "./fragments.ts"
import { channelsOf, type PaintedFill, type PaintedImage } from "./ShapeCollector.ts"

/** Smaller writing than this nobody reads: a point and a half at 200 dpi. */
const smallestEmPx = 4
/** Colours whose channels all differ by less, of 255, cannot be told apart on paper. */
const leastContrast = 12
const paper = "#FFFFFF"

/** Leaves out text that is painted but not seen: too small, or in the colour of what lies below it. */
export const withoutUnseenText = (
  fragments: ReadonlyArray<Fragment>,
  fills: ReadonlyArray<PaintedFill>,
  images: ReadonlyArray<PaintedImage>
): ReadonlyArray<Fragment> =>
  fragments.filter((fragment) => {
    if (fragment.emPx < smallestEmPx) return false
    if (fragment.color === null) return true
    const ground = groundOf(fragment, fills, images)
    return ground === null || contrast(fragment.color, ground) >= leastContrast
  })

/** Fragments over which an image was painted later; whether they show through it is not known. */
export const fragmentsUnderImages = (
  fragments: ReadonlyArray<Fragment>,
  images: ReadonlyArray<PaintedImage>
): ReadonlySet<Fragment> =>
  new Set(
    images.length === 0
      ? []
      : fragments.filter((fragment) => {
          const [x, y] = middleOf(boxOf(fragment))
          return images.some(({ box, order }) => order > fragment.order && holds(box, x, y))
        })
  )

/** The colour below a fragment when it was painted; null over an image, whose colours are not known. */
const groundOf = (
  fragment: Fragment,
  fills: ReadonlyArray<PaintedFill>,
  images: ReadonlyArray<PaintedImage>
): string | null => {
  const [x, y] = middleOf(boxOf(fragment))
  if (images.some(({ box, order }) => order < fragment.order && holds(box, x, y))) return null
  const fill = fills.findLast(
    ({ bounds, order }) =>
      order < fragment.order && x >= bounds.left && x <= bounds.right && y >= bounds.top && y <= bounds.bottom
  )
  return fill?.color ?? paper
}

const contrast = (one: string, other: string): number => {
  const channels = channelsOf(other)
  return Math.max(...channelsOf(one).map((channel, i) => Math.abs(channel - channels[i]!)))
}

const middleOf = ({ height, width, x, y }: BoundingBox): readonly [number, number] => [x + width / 2, y + height / 2]

const holds = ({ height, width, x, y }: BoundingBox, atX: number, atY: number): boolean =>
  atX >= x && atX <= x + width && atY >= y && atY <= y + height
