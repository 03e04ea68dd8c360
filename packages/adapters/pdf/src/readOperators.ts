import type { BoundingBox, Rule } from "@timegrid/core"
import { type Fragment, FragmentBuilder, type Glyph } from "./fragments.ts"
import { type Font, GraphicsState } from "./GraphicsState.ts"
import { type Bounds, boundsOf, compose, intersect, type Matrix } from "./matrix.ts"
import { boundsOfSubpath, coverage, forEachSegment, type Subpath, subpathsOf } from "./paths.ts"

/** The numbers of the engine's operators by name, e.g. `OPS.showText`. */
export type OperatorCodes = Readonly<Record<string, number>>

/** A page's drawing operators as the engine lists them. */
export interface OperatorList {
  readonly fnArray: ReadonlyArray<number>
  // The engine types arguments no closer; each operator below states what it expects.
  readonly argsArray: ReadonlyArray<ReadonlyArray<unknown> | null>
}

/** A rectangle painted in one colour. */
export interface PaintedFill {
  readonly bounds: Bounds
  readonly color: string
  /** Nothing below shows through. */
  readonly opaque: boolean
  readonly order: number
}

/** What is painted on a page, in paint order and pixels of the page. */
export interface Painted {
  readonly fragments: ReadonlyArray<Fragment>
  readonly segments: ReadonlyArray<Rule>
  readonly fills: ReadonlyArray<PaintedFill>
  readonly images: ReadonlyArray<BoundingBox>
}

/** What the interpretation of a page's operators needs besides them. */
export interface PageSetting {
  readonly codes: OperatorCodes
  /** From PDF's user space to pixels of the upright page. */
  readonly toPage: Matrix
  readonly bounds: Bounds
  readonly fontOf: (name: string) => Font | null
  /** Whether a group of optional content (a layer) is switched on. */
  readonly isShown: (group: unknown) => boolean
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

const boxOf = ({ bottom, left, right, top }: Bounds): BoundingBox => ({
  x: left,
  y: top,
  width: right - left,
  height: bottom - top
})

const overWhite = (color: string, alpha: number): string => {
  if (alpha >= 0.999) return color
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16)
    return Math.round(255 + (value - 255) * alpha)
      .toString(16)
      .padStart(2, "0")
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`.toUpperCase()
}

const hexColor = (value: unknown): string | null =>
  typeof value === "string" && value.length === 7 && value.startsWith("#") ? value.toUpperCase() : null

/** Interprets the operators of one page: the state that PDF's drawing model keeps, and what it paints. */
export const readOperators = ({ argsArray, fnArray }: OperatorList, setting: PageSetting): Painted => {
  const { codes, isShown } = setting
  const builder = new FragmentBuilder()
  const segments: Array<Rule> = []
  const fills: Array<PaintedFill> = []
  const images: Array<BoundingBox> = []
  const stack: Array<GraphicsState> = []
  const initial = () => new GraphicsState(setting.toPage, setting.bounds)
  let state = initial()
  let clipsNext = false
  /** One entry for each open piece of marked content: whether it hides what it holds. */
  const hides: Array<boolean> = []
  let hidden = 0

  const save = () => stack.push(state.clone())
  const restore = () => {
    state = stack.pop() ?? state
  }
  const clipTo = (bounds: Bounds) => {
    state.clip = intersect(state.clip, bounds)
  }
  const beginForm = (matrix: Matrix | null, box: ReadonlyArray<number> | null) => {
    save()
    if (matrix) state.matrix = compose(state.matrix, matrix)
    if (box) clipTo(boundsOf(state.matrix, box[0]!, box[1]!, box[2]!, box[3]!))
  }
  const beginMarked = (hide: boolean) => {
    hides.push(hide)
    if (hide) hidden++
  }
  const addSegment = (
    orientation: Rule["orientation"],
    position: number,
    from: number,
    to: number,
    thickness: number
  ) => {
    segments.push({ orientation, position, from, to, thickness })
  }
  const addLine = (x0: number, y0: number, x1: number, y1: number, thickness: number) => {
    const { bottom, left, right, top } = state.clip
    const half = thickness / 2
    if (Math.abs(y1 - y0) <= levelPx && Math.abs(x1 - x0) > Math.abs(y1 - y0)) {
      const y = (y0 + y1) / 2
      const from = Math.max(left, Math.min(x0, x1))
      const to = Math.min(right, Math.max(x0, x1))
      if (to > from && y + half >= top && y - half <= bottom) addSegment("horizontal", y, from, to, thickness)
    } else if (Math.abs(x1 - x0) <= levelPx) {
      const x = (x0 + x1) / 2
      const from = Math.max(top, Math.min(y0, y1))
      const to = Math.min(bottom, Math.max(y0, y1))
      if (to > from && x + half >= left && x - half <= right) addSegment("vertical", x, from, to, thickness)
    }
  }
  const fillBounds = (whole: Bounds, order: number) => {
    if (state.fillColor === null || state.fillAlpha <= 0.01) return
    const bounds = intersect(whole, state.clip)
    const width = bounds.right - bounds.left
    const height = bounds.bottom - bounds.top
    if (width < 0 || height < 0) return
    const thickness = Math.min(width, height)
    const length = Math.max(width, height)
    if (thickness <= thinPx || (thickness <= thickPx && length >= thickRatio * thickness)) {
      const drawn = Math.max(1, thickness)
      if (length < 2 * thickness) return
      if (width > height) addSegment("horizontal", (bounds.top + bounds.bottom) / 2, bounds.left, bounds.right, drawn)
      else addSegment("vertical", (bounds.left + bounds.right) / 2, bounds.top, bounds.bottom, drawn)
      return
    }
    fills.push({
      bounds,
      color: overWhite(state.fillColor, state.fillAlpha),
      opaque: state.replaces && state.fillAlpha >= 0.999,
      order
    })
  }
  const fillPath = (subpaths: ReadonlyArray<Subpath>, order: number) => {
    for (const subpath of subpaths) {
      const bounds = boundsOfSubpath(subpath)
      if (coverage(subpath, bounds) >= rectangleShare) fillBounds(bounds, order)
    }
  }
  const strokePath = (subpaths: ReadonlyArray<Subpath>) => {
    if (state.strokeColor === null || state.strokeAlpha <= 0.01) return
    const [a, b, c, d] = state.matrix
    const thickness = Math.max(1, state.lineWidth * Math.sqrt(Math.abs(a * d - b * c)))
    for (const subpath of subpaths) {
      forEachSegment(subpath, (x0, y0, x1, y1) => addLine(x0, y0, x1, y1, thickness))
    }
  }
  const path = (operator: number, data: Float32Array | null, order: number) => {
    const subpaths = data === null ? [] : subpathsOf(data, state.matrix)
    if (hidden === 0) {
      switch (operator) {
        case codes.fillStroke:
        case codes.eoFillStroke:
        case codes.closeFillStroke:
        case codes.closeEOFillStroke:
          fillPath(subpaths, order)
          strokePath(subpaths)
          break
        case codes.fill:
        case codes.eoFill:
          fillPath(subpaths, order)
          break
        case codes.stroke:
        case codes.closeStroke:
          strokePath(subpaths)
          break
      }
    }
    if (!clipsNext) return
    clipsNext = false
    if (subpaths.length === 0) return
    // The bounding box of what is not a rectangle: rather keep what is hidden than lose what is seen.
    const around = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
    for (const subpath of subpaths) {
      const bounds = boundsOfSubpath(subpath)
      around.left = Math.min(around.left, bounds.left)
      around.top = Math.min(around.top, bounds.top)
      around.right = Math.max(around.right, bounds.right)
      around.bottom = Math.max(around.bottom, bounds.bottom)
    }
    clipTo(around)
  }
  const image = (matrix: Matrix) => {
    if (hidden > 0) return
    const bounds = intersect(boundsOf(matrix, 0, 0, 1, 1), state.clip)
    const box = boxOf(bounds)
    if (box.width >= smallestImagePx && box.height >= smallestImagePx) images.push(box)
  }
  const repeatedImage = (
    scaleX: number,
    skewX: number,
    skewY: number,
    scaleY: number,
    positions: ArrayLike<number>
  ) => {
    for (let at = 0; at < positions.length; at += 2) {
      image(compose(state.matrix, [scaleX, skewX, skewY, scaleY, positions[at]!, positions[at + 1]!]))
    }
  }
  const setState = (entries: ReadonlyArray<readonly [string, unknown]>) => {
    for (const [key, value] of entries) {
      if (key === "ca") state.fillAlpha = value as number
      else if (key === "CA") state.strokeAlpha = value as number
      else if (key === "LW") state.lineWidth = value as number
      else if (key === "BM") state.replaces = value === "source-over"
      else if (key === "Font") setFont(...(value as [string, number]))
    }
  }
  const setFont = (name: string, size: number) => {
    state.font = setting.fontOf(name)
    state.fontSize = Math.abs(size)
    state.direction = size < 0 ? -1 : 1
  }

  for (let order = 0; order < fnArray.length; order++) {
    // Each cast below is the argument list that the engine documents for its operator.
    const args = (argsArray[order] ?? []) as ReadonlyArray<never>
    const fn = fnArray[order]
    switch (fn) {
      case codes.showText:
        builder.show(args[0] as unknown as ReadonlyArray<Glyph | number>, state, order, hidden === 0)
        break
      case codes.constructPath: {
        const [operator, data] = args as unknown as [number, ReadonlyArray<Float32Array | null>]
        path(operator, data[0] ?? null, order)
        break
      }
      case codes.save:
        save()
        break
      case codes.restore:
        restore()
        break
      case codes.transform:
        state.matrix = compose(state.matrix, args as unknown as Matrix)
        break
      case codes.setLineWidth:
        state.lineWidth = args[0]!
        break
      case codes.setGState:
        setState(args[0]!)
        break
      case codes.clip:
      case codes.eoClip:
        clipsNext = true
        break
      case codes.setFillRGBColor:
        state.fillColor = hexColor(args[0])
        break
      case codes.setStrokeRGBColor:
        state.strokeColor = hexColor(args[0])
        break
      case codes.setFillColorN:
      case codes.setFillTransparent:
        state.fillColor = null
        break
      case codes.setStrokeColorN:
      case codes.setStrokeTransparent:
        state.strokeColor = null
        break
      case codes.beginText:
        state.beginText()
        break
      case codes.endText:
        break
      case codes.setFont:
        setFont(args[0]!, args[1]!)
        break
      case codes.setCharSpacing:
        state.charSpacing = args[0]!
        break
      case codes.setWordSpacing:
        state.wordSpacing = args[0]!
        break
      case codes.setHScale:
        state.horizontalScale = args[0]! / 100
        break
      case codes.setLeading:
        state.leading = -args[0]!
        break
      case codes.setTextRenderingMode:
        state.renderingMode = args[0]!
        break
      case codes.setTextRise:
        state.rise = args[0]!
        break
      case codes.moveText:
        state.moveText(args[0]!, args[1]!)
        break
      case codes.setLeadingMoveText:
        state.leading = args[1]!
        state.moveText(args[0]!, args[1]!)
        break
      case codes.setTextMatrix:
        state.setTextMatrix(args[0]!)
        break
      case codes.nextLine:
        state.moveText(0, state.leading)
        break
      case codes.paintFormXObjectBegin:
        beginForm(args[0]!, args[1]!)
        break
      case codes.paintFormXObjectEnd:
        restore()
        break
      case codes.beginGroup: {
        const { bbox, matrix } = args[0]! as { bbox?: ReadonlyArray<number>; matrix?: Matrix }
        save()
        if (bbox) {
          const toPage = matrix ? compose(state.matrix, matrix) : state.matrix
          clipTo(boundsOf(toPage, bbox[0]!, bbox[1]!, bbox[2]!, bbox[3]!))
        }
        break
      }
      case codes.endGroup:
        restore()
        break
      case codes.beginAnnotation: {
        const [, rect, transform, matrix] = args as unknown as [string, ReadonlyArray<number> | null, Matrix, Matrix]
        save()
        state = initial()
        builder.endText()
        if (rect) clipTo(boundsOf(state.matrix, rect[0]!, rect[1]!, rect[2]!, rect[3]!))
        state.matrix = compose(compose(state.matrix, transform), matrix)
        break
      }
      case codes.endAnnotation:
        builder.endText()
        restore()
        break
      case codes.beginMarkedContent:
        beginMarked(false)
        break
      case codes.beginMarkedContentProps:
        beginMarked(args[0] === "OC" && !isShown(args[1]))
        break
      case codes.endMarkedContent:
        if (hides.pop()) hidden--
        break
      case codes.paintImageXObject:
      case codes.paintInlineImageXObject:
      case codes.paintImageMaskXObject:
        image(state.matrix)
        break
      case codes.paintSolidColorImageMask:
        if (hidden === 0) fillBounds(boundsOf(state.matrix, 0, 0, 1, 1), order)
        break
      case codes.paintImageXObjectRepeat:
        repeatedImage(args[1]!, 0, 0, args[2]!, args[3]!)
        break
      case codes.paintImageMaskXObjectRepeat:
        repeatedImage(args[1]!, args[2]! ?? 0, args[3]! ?? 0, args[4]!, args[5]!)
        break
      case codes.paintInlineImageXObjectGroup:
        for (const { transform } of args[1]! as ReadonlyArray<{ transform: Matrix }>)
          image(compose(state.matrix, transform))
        break
      case codes.paintImageMaskXObjectGroup:
        for (const { transform } of args[0]! as ReadonlyArray<{ transform: Matrix }>)
          image(compose(state.matrix, transform))
        break
    }
  }
  return { fragments: builder.fragments, segments, fills, images }
}
