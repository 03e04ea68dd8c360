import type { BoundingBox, Rotation } from "@timegrid/core"
import type { GraphicsState } from "./GraphicsState.ts"
import { compose } from "./matrix.ts"

/** A glyph as the engine gives it; a number between glyphs moves the pen by thousandths of the font size. */
export interface Glyph {
  readonly unicode: string
  /** In thousandths of the font size. */
  readonly width: number
  readonly isSpace: boolean
  /** In vertical fonts: the advance, then the glyph's origin. */
  readonly vmetric?: ReadonlyArray<number>
}

/**
 * Glyphs that follow each other closely. Positions are pixels of the page turned so that the writing is level: `start`
 * and `end` run along it, `baseline` grows from line to line.
 */
export interface Fragment {
  text: string
  readonly rotation: Rotation
  readonly start: number
  end: number
  readonly baseline: number
  /** How far the base line drifts in slanted writing. */
  drift: number
  readonly emPx: number
  readonly ascent: number
  readonly descent: number
  bold: boolean
  readonly italic: boolean
  readonly color: string | null
  /** White space was set between this fragment and the one before. */
  readonly afterSpace: boolean
  /** When it was painted, counted over everything on the page. */
  readonly order: number
}

/** A wider gap than this, in em, ends a word even without a space. */
const wordGapEm = 0.18
/** The pen may move back this far, in em, within a word (kerning, accents). */
const backwardEm = 0.3
/** Letters are never spaced wider than this, in em; what is wider is layout. */
const letterSpacingEm = 1

const whiteSpace = /^\s*$/
const invisibleMode = 3
const clipOnlyMode = 7

/** From a direction on the page (y downwards) to the nearest quarter turn. */
const rotationOf = (dx: number, dy: number): Rotation =>
  Math.abs(dx) >= Math.abs(dy) ? (dx >= 0 ? 0 : 180) : dy > 0 ? 90 : 270

const alongX: Record<Rotation, number> = { 0: 1, 90: 0, 180: -1, 270: 0 }
const alongY: Record<Rotation, number> = { 0: 0, 90: 1, 180: 0, 270: -1 }

const boxAlong = (rotation: Rotation, start: number, end: number, over: number, under: number): BoundingBox => {
  const width = Math.max(0, end - start)
  const height = Math.max(0, under - over)
  switch (rotation) {
    case 0:
      return { x: start, y: over, width, height }
    case 90:
      return { x: -under, y: start, width: height, height: width }
    case 180:
      return { x: -end, y: -under, width, height }
    case 270:
      return { x: over, y: -end, width: height, height: width }
  }
}

/** The upright box of a fragment on the page. */
export const boxOf = ({ ascent, baseline, descent, drift, emPx, end, rotation, start }: Fragment): BoundingBox =>
  boxAlong(
    rotation,
    start,
    end,
    Math.min(baseline, baseline + drift) - ascent * emPx,
    Math.max(baseline, baseline + drift) - descent * emPx
  )

/** Puts the glyphs of a page together into fragments, in the order in which they are painted. */
export class FragmentBuilder {
  readonly fragments: Array<Fragment> = []
  #open: Fragment | null = null
  /** Where the next glyph of the open fragment is expected. */
  #expected = 0
  #afterSpace = false

  /** Ends the fragment under way: what comes next stands elsewhere. */
  endText(): void {
    this.#open = null
    this.#afterSpace = false
  }

  /** Adds the glyphs of one show operator and moves the pen past them. `painted` is false in hidden layers. */
  show(glyphs: ReadonlyArray<Glyph | number>, state: GraphicsState, order: number, painted: boolean): void {
    const { direction, font, fontSize, horizontalScale } = state
    if (font === null || fontSize === 0) return
    const toPage = compose(state.matrix, state.textMatrix)
    const [a, b, c, d] = toPage
    const scaleX = horizontalScale * direction
    const vertical = font.vertical
    // Along the writing, one unit of text space moves the pen by (stepX, stepY) pixels.
    const stepX = vertical ? -c : a * scaleX
    const stepY = vertical ? -d : b * scaleX
    const rotation = rotationOf(stepX, stepY)
    const ux = alongX[rotation]
    const uy = alongY[rotation]
    const along = stepX * ux + stepY * uy
    const across = stepY * ux - stepX * uy
    const originX = a * state.x + c * (state.y + state.rise) + toPage[4]
    const originY = b * state.x + d * (state.y + state.rise) + toPage[5]
    const originU = originX * ux + originY * uy
    const originV = originY * ux - originX * uy
    const emPx = fontSize * (vertical ? Math.hypot(a, b) : Math.hypot(c, d)) * font.emScale
    const mode = state.renderingMode
    const strokes = mode === 1 || mode === 5
    const alpha = strokes ? state.strokeAlpha : state.fillAlpha
    const visible = painted && mode !== invisibleMode && mode !== clipOnlyMode && alpha > 0.01 && emPx >= 1
    const color = strokes ? state.strokeColor : state.fillColor
    const skewed = Math.abs(a * c + b * d) > 0.1 * Math.hypot(a, b) * Math.hypot(c, d)
    const style = {
      bold: font.bold || mode === 2,
      italic: font.italic || (skewed && !vertical),
      color
    }
    const glyphScale = fontSize * font.widthScale
    const charSpacing = Math.abs(state.charSpacing) <= letterSpacingEm * fontSize ? state.charSpacing : 0
    const spacingPx = charSpacing * direction * along
    const { bottom, left, right, top } = state.clip

    let pen = 0
    for (const glyph of glyphs) {
      if (typeof glyph === "number") {
        pen -= (glyph * fontSize) / 1000
        continue
      }
      const advance = vertical ? Math.abs(glyph.vmetric?.[0] ?? 1000) * fontSize * 0.001 : glyph.width * glyphScale
      const start = originU + pen * along
      const end = start + advance * along
      const baseline = originV + pen * across
      pen += advance + (state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0)) * direction
      if (whiteSpace.test(glyph.unicode)) {
        this.#open = null
        this.#afterSpace = true
        continue
      }
      if (!visible) continue
      const middleU = (start + end) / 2
      const middleV = baseline - 0.3 * emPx
      const middleX = middleU * ux - middleV * uy
      const middleY = middleU * uy + middleV * ux
      if (middleX < left || middleX > right || middleY < top || middleY > bottom) continue
      this.#add(glyph.unicode, rotation, start, end, baseline, emPx, spacingPx, font.ascent, font.descent, style, order)
    }
    if (vertical) state.y -= pen
    else state.x += pen * scaleX
  }

  #add(
    text: string,
    rotation: Rotation,
    start: number,
    end: number,
    baseline: number,
    emPx: number,
    spacingPx: number,
    ascent: number,
    descent: number,
    style: { readonly bold: boolean; readonly italic: boolean; readonly color: string | null },
    order: number
  ): void {
    const open = this.#open
    if (
      open !== null &&
      open.rotation === rotation &&
      open.emPx === emPx &&
      open.bold === style.bold &&
      open.color === style.color &&
      Math.abs(baseline - (open.baseline + open.drift)) <= 0.5 * emPx &&
      start - this.#expected <= wordGapEm * emPx &&
      start - this.#expected >= -backwardEm * emPx &&
      start >= open.start
    ) {
      open.text += text
      open.end = Math.max(open.end, end)
      open.drift = baseline - open.baseline
    } else {
      this.#open = {
        ...style,
        text,
        rotation,
        start,
        end,
        baseline,
        drift: 0,
        emPx,
        ascent,
        descent,
        order,
        afterSpace: this.#afterSpace
      }
      this.fragments.push(this.#open)
      this.#afterSpace = false
    }
    this.#expected = end + spacingPx
  }
}
