import type { BoundingBox, PageImage, Word } from "../document/Page.ts"

/** Words of one line stand no further apart than this many times their height. */
const widestGap = 1.5

/** Room around a line that is cut out, as a share of its height. */
const room = 0.25

/** Words in reading order, put together to the level lines that they stand in; a turned word is a line of its own. */
export const linesOf = (words: ReadonlyArray<Word>): ReadonlyArray<ReadonlyArray<Word>> => {
  const lines: Array<Array<Word>> = []
  for (const word of words) {
    const line = lines.at(-1)
    const last = line?.at(-1)
    if (line !== undefined && last !== undefined && continues(last, word)) line.push(word)
    else lines.push([word])
  }
  return lines
}

const continues = ({ box: a, rotation }: Word, { box: b, rotation: next }: Word): boolean => {
  if (rotation !== 0 || next !== 0) return false
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const gap = b.x - (a.x + a.width)
  const height = Math.max(a.height, b.height)
  return 2 * shared >= Math.min(a.height, b.height) && gap > -height && gap <= widestGap * height
}

/** Where a line stands in whole pixels of its image, with a little room. */
export const regionOf = (line: ReadonlyArray<Word>, { heightPx, widthPx }: PageImage): BoundingBox => {
  const top = Math.min(...line.map(({ box }) => box.y))
  const bottom = Math.max(...line.map(({ box }) => box.y + box.height))
  const margin = room * (bottom - top)
  const x = Math.max(0, Math.floor(Math.min(...line.map(({ box }) => box.x)) - margin))
  const y = Math.max(0, Math.floor(top - margin))
  const right = Math.min(widthPx, Math.ceil(Math.max(...line.map(({ box }) => box.x + box.width)) + margin))
  return { x, y, width: right - x, height: Math.min(heightPx, Math.ceil(bottom + margin)) - y }
}

/** The pixels of a region of an image. */
export const cropOf = (image: PageImage, { height, width, x, y }: BoundingBox): PageImage => {
  const { channels, widthPx } = image
  const data = new Uint8Array(width * height * channels)
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * widthPx + x) * channels
    data.set(image.data.subarray(from, from + width * channels), row * width * channels)
  }
  return { ...image, widthPx: width, heightPx: height, data }
}
