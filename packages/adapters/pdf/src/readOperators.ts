import { type Fragment, FragmentBuilder, type Glyph } from "./fragments.ts"
import { type Font, GraphicsState } from "./GraphicsState.ts"
import { type Bounds, boundsOf, compose, intersect, type Matrix } from "./matrix.ts"
import { boundsOfSubpath, coverage, type Subpath, subpathsOf } from "./paths.ts"
import { type PaintedFill, type PaintedImage, type Segment, ShapeCollector } from "./ShapeCollector.ts"

/** The numbers of the engine's operators by name, e.g. `OPS.showText`. */
export type OperatorCodes = Readonly<Record<string, number>>

/** A page's drawing operators as the engine lists them. */
export interface OperatorList {
  readonly fnArray: ReadonlyArray<number>
  // The engine types arguments no closer; each operator below states what it expects.
  readonly argsArray: ReadonlyArray<ReadonlyArray<unknown> | null>
}

/** What is painted on a page, in paint order and pixels of the page. */
export interface Painted {
  readonly fragments: ReadonlyArray<Fragment>
  readonly segments: ReadonlyArray<Segment>
  readonly fills: ReadonlyArray<PaintedFill>
  readonly images: ReadonlyArray<PaintedImage>
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

/** Share of its bounding box from which a clipping path is a rectangle. */
const exactShare = 0.99

const hexColor = (value: unknown): string | null =>
  typeof value === "string" && value.length === 7 && value.startsWith("#") ? value.toUpperCase() : null

/** Interprets the operators of one page: the state that PDF's drawing model keeps, and what it paints. */
export const readOperators = ({ argsArray, fnArray }: OperatorList, setting: PageSetting): Painted => {
  const { codes, isShown } = setting
  const builder = new FragmentBuilder()
  const shapes = new ShapeCollector()
  const stack: Array<GraphicsState> = []
  const initial = () => new GraphicsState(setting.toPage, setting.bounds)
  let state = initial()
  let clipsNext = false
  let order = 0
  /** One entry for each open piece of marked content: whether it hides what it holds. */
  const hides: Array<boolean> = []
  let hidden = 0

  const { closeEOFillStroke, closeFillStroke, closeStroke, eoFill, eoFillStroke, fill, fillStroke, stroke } = codes
  const both = [fillStroke, eoFillStroke, closeFillStroke, closeEOFillStroke]
  const fillOperators = new Set([fill, eoFill, ...both])
  const strokeOperators = new Set([stroke, closeStroke, ...both])

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
  const clipToPath = (subpaths: ReadonlyArray<Subpath>) => {
    // The bounding box of what is not a rectangle: rather keep what is hidden than lose what is seen.
    const around = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
    for (const subpath of subpaths) {
      const bounds = boundsOfSubpath(subpath)
      around.left = Math.min(around.left, bounds.left)
      around.top = Math.min(around.top, bounds.top)
      around.right = Math.max(around.right, bounds.right)
      around.bottom = Math.max(around.bottom, bounds.bottom)
      if (subpaths.length > 1 || coverage(subpath, bounds) < exactShare) state.clipIsExact = false
    }
    if (subpaths.length > 0) clipTo(around)
  }
  const path = (operator: number, data: Float32Array | null) => {
    const subpaths = data === null ? [] : subpathsOf(data, state.matrix)
    if (hidden === 0) {
      if (fillOperators.has(operator)) shapes.fill(subpaths, state, order)
      if (strokeOperators.has(operator)) shapes.stroke(subpaths, state, order)
    }
    if (clipsNext) clipToPath(subpaths)
    clipsNext = false
  }
  const image = (matrix: Matrix) => {
    if (hidden === 0) shapes.image(matrix, state, order)
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
      else if (key === "SMask") state.replaces = !value
      else if (key === "Font") setFont(...(value as [string, number]))
    }
  }
  const setFont = (name: string, size: number) => {
    state.font = setting.fontOf(name)
    state.fontSize = Math.abs(size)
    state.direction = size < 0 ? -1 : 1
  }

  for (; order < fnArray.length; order++) {
    // Each cast below is the argument list that the engine documents for its operator.
    const args = (argsArray[order] ?? []) as ReadonlyArray<never>
    const fn = fnArray[order]
    switch (fn) {
      case codes.showText:
        builder.show(args[0] as unknown as ReadonlyArray<Glyph | number>, state, order, hidden === 0)
        break
      case codes.constructPath: {
        const [operator, data] = args as unknown as [number, ReadonlyArray<Float32Array | null>]
        path(operator, data[0] ?? null)
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
        if (hidden === 0) shapes.fillRectangle(boundsOf(state.matrix, 0, 0, 1, 1), state, order)
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
  return { fragments: builder.fragments, segments: shapes.segments, fills: shapes.fills, images: shapes.images }
}
