import type { BoundingBox, Rule } from "@timegrid/core"
import type { GraphicsState } from "./GraphicsState.ts"
import { type Bounds, boundsOf, intersect, type Matrix } from "./matrix.ts"
import { boundsOfSubpath, coverage, forEachSegment, type Subpath } from "./paths.ts"

/** A rectangle painted in one colour. */
export interface PaintedFill {
  readonly bounds: Bounds
  readonly color: string
  /** Nothing below shows through. */
  readonly opaque: boolean
  readonly order: number
}

/** Where an image was painted; what shows through it is not known, for it is not decoded. */
export interface PaintedImage {
  readonly box: BoundingBox
  readonly order: number
}

/** A straight level or plumb line. */
export interface Segment extends Rule {
  readonly order: number
}

/** A filled rectangle at most this thick is a line that was drawn by filling. */
const thinPx = 4
/** A filled rectangle up to this thick is one too where it is long enough. */
const thickPx = 9
const thickRatio = 15
/** Share of its bounding box that a filled shape must cover to count as a rectangle (rounded corners). */
const rectangleShare = 0.85
/** Pixels by which a level or plumb line may be off. */
const levelPx = 1
const smallestImagePx = 4
const faintestAlpha = 0.01
const opaqueAlpha = 0.999
/** Channels from here up look white on paper. */
const whiteFrom = 0xf8

/** Red, green and blue of `#RRGGBB`, 0 to 255. */
export const channelsOf = (color: string): ReadonlyArray<number> =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))

const isWhite = (color: string): boolean =>
  color === "#FFFFFF" || (color !== "#000000" && channelsOf(color).every((channel) => channel >= whiteFrom))

const overWhite = (color: string, alpha: number): string => {
  if (alpha >= opaqueAlpha) return color
  const mixed = channelsOf(color).map((channel) => Math.round(255 + (channel - 255) * alpha))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`.toUpperCase()
}

const holds = ({ bottom, left, right, top }: Bounds, x: number, y: number): boolean =>
  x >= left && x <= right && y >= top && y <= bottom

/** Gathers the lines, rectangles and images that are painted on a page, in paint order. */
export class ShapeCollector {
  readonly segments: Array<Segment> = []
  readonly fills: Array<PaintedFill> = []
  readonly images: Array<PaintedImage> = []

  /** Fills each part of a path that is about a rectangle. */
  fill(subpaths: ReadonlyArray<Subpath>, state: GraphicsState, order: number): void {
    for (const subpath of subpaths) {
      const bounds = boundsOfSubpath(subpath)
      if (coverage(subpath, bounds) >= rectangleShare) this.fillRectangle(bounds, state, order)
    }
  }

  /** Fills a rectangle; a thin one is a line. */
  fillRectangle(whole: Bounds, state: GraphicsState, order: number): void {
    if (state.fillColor === null || state.fillAlpha <= faintestAlpha) return
    const bounds = intersect(whole, state.clip)
    const width = bounds.right - bounds.left
    const height = bounds.bottom - bounds.top
    if (width < 0 || height < 0) return
    const color = overWhite(state.fillColor, state.fillAlpha)
    const thickness = Math.min(width, height)
    const length = Math.max(width, height)
    if (thickness > thinPx && (thickness > thickPx || length < thickRatio * thickness)) {
      const opaque = state.replaces && state.clipIsExact && state.fillAlpha >= opaqueAlpha
      this.fills.push({ bounds, color, opaque, order })
    } else if (length >= 2 * thickness) {
      const { bottom, left, right, top } = bounds
      const drawn = Math.max(1, thickness)
      if (width > height) this.#line("horizontal", (top + bottom) / 2, left, right, drawn, color, order)
      else this.#line("vertical", (left + right) / 2, top, bottom, drawn, color, order)
    }
  }

  /** Strokes the level and plumb parts of a path. */
  stroke(subpaths: ReadonlyArray<Subpath>, state: GraphicsState, order: number): void {
    if (state.strokeColor === null || state.strokeAlpha <= faintestAlpha) return
    const color = overWhite(state.strokeColor, state.strokeAlpha)
    const [a, b, c, d] = state.matrix
    const thickness = Math.max(1, state.lineWidth * Math.sqrt(Math.abs(a * d - b * c)))
    const { bottom, left, right, top } = state.clip
    const half = thickness / 2
    for (const subpath of subpaths) {
      forEachSegment(subpath, (x0, y0, x1, y1) => {
        const x = (x0 + x1) / 2
        const y = (y0 + y1) / 2
        if (Math.abs(y1 - y0) <= levelPx && Math.abs(x1 - x0) > Math.abs(y1 - y0)) {
          if (y + half < top || y - half > bottom) return
          const from = Math.max(left, Math.min(x0, x1))
          this.#line("horizontal", y, from, Math.min(right, Math.max(x0, x1)), thickness, color, order)
        } else if (Math.abs(x1 - x0) <= levelPx) {
          if (x + half < left || x - half > right) return
          const from = Math.max(top, Math.min(y0, y1))
          this.#line("vertical", x, from, Math.min(bottom, Math.max(y0, y1)), thickness, color, order)
        }
      })
    }
  }

  /** Paints an image into the unit square of `matrix`. */
  image(matrix: Matrix, state: GraphicsState, order: number): void {
    const { bottom, left, right, top } = intersect(boundsOf(matrix, 0, 0, 1, 1), state.clip)
    const width = right - left
    const height = bottom - top
    if (width >= smallestImagePx && height >= smallestImagePx) {
      this.images.push({ box: { x: left, y: top, width, height }, order })
    }
  }

  #line(
    orientation: Rule["orientation"],
    position: number,
    from: number,
    to: number,
    thickness: number,
    color: string,
    order: number
  ): void {
    if (to <= from) return
    if (isWhite(color)) {
      const middle = (from + to) / 2
      const aside = thickness / 2 + 1
      const isSeen =
        orientation === "horizontal"
          ? this.#isShaded(middle, position - aside) || this.#isShaded(middle, position + aside)
          : this.#isShaded(position - aside, middle) || this.#isShaded(position + aside, middle)
      if (!isSeen) return
    }
    this.segments.push({ orientation, position, from, to, thickness, order })
  }

  /** Whether what has been painted so far at a point is not white. */
  #isShaded(x: number, y: number): boolean {
    const fill = this.fills.findLast(({ bounds }) => holds(bounds, x, y))
    if (fill !== undefined && !isWhite(fill.color)) return true
    return this.images.some(({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height)
  }
}
