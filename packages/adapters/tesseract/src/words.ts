import type { PageImage, Word } from "@timegrid/core"
import type { Block } from "tesseract.js"

/**
 * The words of a recognition in the engine's reading order. Boxes are clipped to the image, since tesseract reaches a
 * pixel or two beyond it where writing touches the edge; words without a character or an area are left out.
 */
export const wordsOf = (
  blocks: ReadonlyArray<Block>,
  image: Pick<PageImage, "widthPx" | "heightPx">,
  engine: string
): ReadonlyArray<Word> =>
  blocks
    .flatMap((block) => block.paragraphs)
    .flatMap((paragraph) => paragraph.lines)
    .flatMap((line) => {
      const style = { fontSizePx: line.bbox.y1 - line.bbox.y0, bold: false, italic: false, color: null }
      return line.words.flatMap((word): ReadonlyArray<Word> => {
        const text = word.text.trim()
        const x = Math.max(0, word.bbox.x0)
        const y = Math.max(0, word.bbox.y0)
        const width = Math.min(image.widthPx, word.bbox.x1) - x
        const height = Math.min(image.heightPx, word.bbox.y1) - y
        if (text === "" || width <= 0 || height <= 0) return []
        const confidence = Math.min(1, Math.max(0, word.confidence / 100))
        return [{ text, box: { x, y, width, height }, rotation: 0, confidence, source: "ocr", engine, style }]
      })
    })
