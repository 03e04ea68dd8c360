import type { WordStyle } from "@timegrid/core"
import type { Inline } from "../content/Block.ts"
import { textWidth } from "./textWidth.ts"

/** A word on a line that has all the room it wants. */
export interface LineWord {
  readonly text: string
  /** Of its first character. */
  readonly style: WordStyle
  /** From the start of the line, in pixels. */
  readonly offsetPx: number
  readonly widthPx: number
}

/** A line as wide as its text. */
export interface NaturalLine {
  readonly words: ReadonlyArray<LineWord>
  readonly widthPx: number
  readonly heightPx: number
}

// Word's default stops, half an inch apart, go on after the last stated one.
const defaultStopPx = 48
const lineSpacing = 1.2
const pieces = /\s+|\S+/gu

const nextStop = (offsetPx: number, stopsPx: ReadonlyArray<number>): number =>
  stopsPx.find((stop) => stop > offsetPx) ?? (Math.floor(offsetPx / defaultStopPx) + 1) * defaultStopPx

/** Sets a line's words one after the other; characters of several runs without space between are one word. */
export const layoutLine = (
  inlines: ReadonlyArray<Inline>,
  emptyFontSizePx: number,
  tabStopsPx: ReadonlyArray<number> = []
): NaturalLine => {
  const words: Array<LineWord> = []
  let offset = 0
  let fontSize = 0
  let open = false
  for (const inline of inlines) {
    if (inline.kind === "tab") {
      offset = nextStop(offset, tabStopsPx)
      open = false
      continue
    }
    const { style, text } = inline
    fontSize = Math.max(fontSize, style.fontSizePx)
    // A soft hyphen shows only where Word breaks a line, and here none is broken.
    for (const [piece] of text.replaceAll("\u00ad", "").matchAll(pieces)) {
      const widthPx = textWidth(piece, style.fontSizePx)
      const isSpace = piece.trim() === ""
      const previous = words.at(-1)
      if (!isSpace && open && previous !== undefined) {
        words[words.length - 1] = { ...previous, text: previous.text + piece, widthPx: previous.widthPx + widthPx }
      } else if (!isSpace) words.push({ text: piece, style, offsetPx: offset, widthPx })
      open = !isSpace
      offset += widthPx
    }
  }
  const last = words.at(-1)
  return {
    words,
    widthPx: last === undefined ? 0 : last.offsetPx + last.widthPx,
    heightPx: (fontSize || emptyFontSizePx) * lineSpacing
  }
}
