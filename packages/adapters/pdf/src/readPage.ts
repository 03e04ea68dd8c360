import type { Page, Rotation } from "@timegrid/core"
import { Effect } from "effect"
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs"
import { type Annotation, fragmentsOfAnnotations } from "./annotationText.ts"
import { withoutCoveredParts, withoutCoveredText } from "./covered.ts"
import { attempt, type ParsedPdf } from "./engine.ts"
import type { Font } from "./GraphicsState.ts"
import type { Bounds, Matrix } from "./matrix.ts"
import { readOperators } from "./readOperators.ts"
import { mergeRules } from "./rules.ts"
import { fragmentsUnderImages, withoutUnseenText } from "./unseen.ts"
import { wordsOf } from "./words.ts"

/** Pixels a point: pages are given at 200 dpi. */
const pixelsPerPoint = 200 / 72

/** What the engine tells of a font when asked for its extra properties. */
interface EngineFont {
  readonly name?: string
  readonly bold?: boolean
  readonly black?: boolean
  readonly italic?: boolean
  readonly vertical?: boolean
  readonly isType3Font?: boolean
  readonly ascent?: number
  readonly descent?: number
  readonly fontMatrix?: ReadonlyArray<number>
  readonly bbox?: ReadonlyArray<number>
}

const boldName = /bold|black|heavy|semibold|demi(?!light)/i
const italicName = /italic|oblique/i
const usualAscent = 0.8
const usualDescent = -0.2

const within = (value: number | undefined, lowest: number, highest: number, otherwise: number): number =>
  value === undefined || !Number.isFinite(value) || value === 0 ? otherwise : Math.min(highest, Math.max(lowest, value))

const fontFrom = (font: EngineFont): Font => {
  const name = font.name ?? ""
  const matrix = font.fontMatrix ?? [0.001, 0, 0, 0.001, 0, 0]
  const [, below = 0, , above = 0] = font.bbox ?? []
  const height = Math.abs((above - below) * matrix[3]!)
  return {
    vertical: font.vertical === true,
    bold: font.bold === true || font.black === true || boldName.test(name),
    italic: font.italic === true || italicName.test(name),
    // Some fonts state the height of their tallest accent or of a line; letters stay within these bounds.
    ascent: within(font.ascent, 0.6, 0.95, usualAscent),
    descent: within(font.descent, -0.3, -0.1, usualDescent),
    widthScale: matrix[0]!,
    emScale: font.isType3Font !== true ? 1 : height > 0 ? height : 1000 * Math.abs(matrix[3]!)
  }
}

/** The fonts of a page by the names that its operators use; each is looked up once. */
const fontsOf = (page: PDFPageProxy): ((name: string) => Font | null) => {
  const fonts = new Map<string, Font | null>()
  return (name) => {
    const known = fonts.get(name)
    if (known !== undefined) return known
    // A font that failed to load is stored as the message of its error.
    const stored: unknown = page.commonObjs.has(name) ? page.commonObjs.get(name) : null
    const font = typeof stored === "object" && stored !== null ? fontFrom(stored as EngineFont) : null
    fonts.set(name, font)
    return font
  }
}

const isRotation = (degrees: number): degrees is Rotation => [0, 90, 180, 270].includes(degrees)

/** Reads what stands on one page (numbered from 1). */
export const readPage = Effect.fnUntraced(function* ({ document, engine }: ParsedPdf, pageNumber: number) {
  const page = yield* attempt(() => document.getPage(pageNumber))
  const [operators, layers, annotations] = yield* attempt(() =>
    Promise.all([
      page.getOperatorList(),
      document.getOptionalContentConfig(),
      page.getAnnotations() as Promise<ReadonlyArray<Annotation>>
    ])
  )
  const viewport = page.getViewport({ scale: pixelsPerPoint })
  const bounds: Bounds = { left: 0, top: 0, right: viewport.width, bottom: viewport.height }
  const rotation = ((viewport.rotation % 360) + 360) % 360
  const toPage = viewport.transform as unknown as Matrix
  const painted = readOperators(operators, {
    codes: engine.OPS,
    toPage,
    bounds,
    fontOf: fontsOf(page),
    isShown: (group) => group == null || layers.isVisible(group)
  })
  const seen = withoutCoveredText(withoutUnseenText(painted.fragments, painted.fills, painted.images), painted.fills)
  const added = fragmentsOfAnnotations(annotations, toPage, bounds, operators.fnArray.length)
  const result: Page = {
    pageNumber,
    widthPx: Math.max(1, Math.round(viewport.width)),
    heightPx: Math.max(1, Math.round(viewport.height)),
    rotation: isRotation(rotation) ? rotation : 0,
    pointsPerPixel: 1 / pixelsPerPoint,
    words: wordsOf([...seen, ...added], bounds, fragmentsUnderImages(seen, painted.images)),
    rules: mergeRules(withoutCoveredParts(painted.segments, painted.fills)),
    fills: painted.fills.map(({ bounds: { bottom, left, right, top }, color }) => ({
      box: { x: left, y: top, width: right - left, height: bottom - top },
      color
    })),
    images: painted.images.map(({ box }) => box),
    tables: null,
    toImage: null
  }
  page.cleanup()
  return result
})
