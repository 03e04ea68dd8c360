import { boxOf, type Fragment } from "./fragments.ts"
import type { PaintedFill, Segment } from "./ShapeCollector.ts"

/** With more fills than this a page is a picture made of shapes: nothing is taken for covered, for it would take long. */
const mostCovers = 5_000
/** A line this close to the edge of a fill is its border and not covered. */
const edgePx = 1

const coversOf = (fills: ReadonlyArray<PaintedFill>, since: number): ReadonlyArray<PaintedFill> => {
  const covers = fills.filter(({ opaque, order }) => opaque && order > since)
  return covers.length > mostCovers ? [] : covers
}

/** Leaves out text that a fill painted later hides. */
export const withoutCoveredText = (
  fragments: ReadonlyArray<Fragment>,
  fills: ReadonlyArray<PaintedFill>
): ReadonlyArray<Fragment> => {
  const covers = coversOf(fills, fragments[0]?.order ?? 0)
  if (covers.length === 0) return fragments
  return fragments.filter((fragment) => {
    const { height, width, x, y } = boxOf(fragment)
    // The box is higher than its letters, which may stick out of the cover by a sliver.
    const marginX = 0.1 * width
    const marginY = 0.25 * height
    return !covers.some(
      ({ bounds, order }) =>
        order > fragment.order &&
        bounds.left <= x + marginX &&
        bounds.right >= x + width - marginX &&
        bounds.top <= y + marginY &&
        bounds.bottom >= y + height - marginY
    )
  })
}

const hides = (
  { bounds, order }: PaintedFill,
  { orientation, order: drawn, position, thickness }: Segment
): boolean => {
  const margin = thickness / 2 + edgePx
  return (
    order > drawn &&
    (orientation === "horizontal"
      ? bounds.top + margin < position && bounds.bottom - margin > position
      : bounds.left + margin < position && bounds.right - margin > position)
  )
}

/** Leaves out those parts of lines that a fill painted later hides, e.g. where a merged cell is painted over a grid. */
export const withoutCoveredParts = (
  segments: ReadonlyArray<Segment>,
  fills: ReadonlyArray<PaintedFill>
): ReadonlyArray<Segment> => {
  const covers = coversOf(fills, segments[0]?.order ?? 0)
  if (covers.length === 0) return segments
  return segments.flatMap((segment) => {
    let parts = [segment]
    for (const cover of covers) {
      if (!hides(cover, segment)) continue
      const { bottom, left, right, top } = cover.bounds
      const [start, end] = segment.orientation === "horizontal" ? [left, right] : [top, bottom]
      parts = parts.flatMap((part) => [
        ...(part.from < start ? [{ ...part, to: Math.min(part.to, start) }] : []),
        ...(part.to > end ? [{ ...part, from: Math.max(part.from, end) }] : [])
      ])
    }
    return parts
  })
}
