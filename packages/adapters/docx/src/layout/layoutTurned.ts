import type { BoundingBox, Rotation, Word } from "@timegrid/core"
import type { Block } from "../content/Block.ts"
import { paragraphsWithin } from "../content/blocksWithin.ts"
import { cellPadding, linesOf } from "./heights.ts"
import { nativeWord } from "./nativeWord.ts"

/**
 * The words of a cell whose writing is turned, in reading order: lines stand side by side, from the left where they
 * read upwards (270) and from the right where they read downwards (90); squeezed both ways where they need more room.
 */
export const layoutTurned = (blocks: ReadonlyArray<Block>, rotation: Rotation, cell: BoundingBox): Array<Word> => {
  const lines = paragraphsWithin(blocks).flatMap(linesOf)
  const depth = lines.reduce((sum, { heightPx }) => sum + heightPx, 0)
  const across = Math.min(1, cell.width / Math.max(depth, 1))
  const room = Math.max(cell.height - 2 * cellPadding.y, 1)
  const words: Array<Word> = []
  let crossed = 0
  for (const line of lines) {
    const pitch = line.heightPx * across
    const squeeze = Math.min(1, room / Math.max(line.widthPx, 1))
    for (const { offsetPx, style, text, widthPx } of line.words) {
      const width = Math.min(style.fontSizePx, pitch)
      const height = widthPx * squeeze
      const margin = crossed + (pitch - width) / 2
      const start = cellPadding.y + offsetPx * squeeze
      const box =
        rotation === 270
          ? { x: cell.x + margin, y: cell.y + cell.height - start - height, width, height }
          : { x: cell.x + cell.width - margin - width, y: cell.y + start, width, height }
      words.push(nativeWord(text, style, box, rotation))
    }
    crossed += pitch
  }
  return words
}
