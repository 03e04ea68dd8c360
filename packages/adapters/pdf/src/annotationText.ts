import type { Fragment } from "./fragments.ts"
import { FragmentBuilder } from "./fragments.ts"
import { type Font, GraphicsState } from "./GraphicsState.ts"
import { type Bounds, boundsOf, intersect, type Matrix } from "./matrix.ts"

/** What the engine tells of an annotation that matters here. */
export interface Annotation {
  readonly subtype?: string
  readonly fieldType?: string | null
  readonly fieldValue?: unknown
  readonly contentsObj?: { readonly str?: string }
  readonly hasAppearance?: boolean
  readonly hidden?: boolean
  readonly rect: ReadonlyArray<number>
  readonly defaultAppearanceData?: { readonly fontSize?: number }
}

/** Stands in for the annotation's font: the width is that of an average letter. */
const font: Font = {
  vertical: false,
  bold: false,
  italic: false,
  ascent: 0.8,
  descent: -0.2,
  widthScale: 0.001,
  emScale: 1
}
const usualGlyphWidth = 500
const usualSize = 12
const paddingPoints = 2
const lineHeightEm = 1.15

const textOf = ({ contentsObj, fieldType, fieldValue, subtype }: Annotation): string => {
  if (subtype === "FreeText") return contentsObj?.str ?? ""
  if (fieldType !== "Tx" && fieldType !== "Ch") return ""
  const values: ReadonlyArray<unknown> = Array.isArray(fieldValue) ? fieldValue : [fieldValue]
  return values.filter((value) => typeof value === "string").join("\n")
}

/**
 * Text of filled in form fields and of free text that the file gives no drawing for; programs draw these by
 * themselves. Where the letters stand within the annotation is a guess.
 */
export const fragmentsOfAnnotations = (
  annotations: ReadonlyArray<Annotation>,
  toPage: Matrix,
  page: Bounds,
  firstOrder: number
): ReadonlyArray<Fragment> => {
  const builder = new FragmentBuilder()
  for (const [index, annotation] of annotations.entries()) {
    const text = textOf(annotation)
    if (annotation.hasAppearance || annotation.hidden || text.trim() === "") continue
    const [left, bottom, right, top] = annotation.rect as [number, number, number, number]
    const lines = text.split(/\r\n|\r|\n/)
    const state = new GraphicsState(toPage, intersect(page, boundsOf(toPage, left, bottom, right, top)))
    const largest = (top - bottom) / (lines.length * lineHeightEm)
    state.font = font
    state.fontSize = annotation.defaultAppearanceData?.fontSize || Math.min(usualSize, largest)
    const leading = lineHeightEm * state.fontSize
    const slack = Math.max(0, top - bottom - leading * lines.length)
    const longest = Math.max(...lines.map((line) => line.length))
    const room = (1000 * (right - left - 2 * paddingPoints)) / (longest * state.fontSize)
    // Letters that would stick out are narrower than usual.
    const width = Math.max(1, Math.min(usualGlyphWidth, room))
    state.moveText(left + paddingPoints, top - slack / 2 - state.fontSize)
    for (const line of lines) {
      const glyphs = Array.from(line, (unicode) => ({ unicode, width, isSpace: unicode === " " }))
      builder.endText()
      builder.show(glyphs, state, firstOrder + index, true)
      state.x = state.lineX
      state.moveText(0, -leading)
    }
  }
  return builder.fragments
}
