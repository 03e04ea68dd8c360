import type { BoundingBox, PageImage, Rotation, Word } from "../document/Page.ts"
import { median, union } from "../table/geometry.ts"
import { withoutConfusions } from "./confusions.ts"
import type { GrayImage } from "./gray.ts"
import { resample } from "./resample.ts"
import type { WritingLine } from "./writing.ts"

/** A line of writing cut out, upright, dark on white, and the way back to the page. */
export interface Crop {
  readonly image: PageImage
  /** Takes a box of the crop to the page. */
  readonly toPage: (box: BoundingBox) => BoundingBox
}

/** Recognisers are trained on lines about this high, with some white around. */
const lineHeightPx = 40
const marginPx = 10
const largestScale = 5
/** Pieces of a line keep so much of their surroundings, in pixels of the page, for their smooth edges. */
const halo = 2

/** Cuts a line out of the page, upright and scaled to the height that recognisers want. */
export const cropLine = (
  gray: GrayImage,
  line: WritingLine,
  rotation: Rotation,
  height: number,
  pageNumber: number
): Crop => {
  const scale = Math.min(largestScale, lineHeightPx / Math.max(4, height))
  const source = cleaned(gray, line)
  const { x, y, width, height: boxHeight } = source.box
  const upright = resample({ width, height: boxHeight, data: source.data }, rotation, scale)
  const widthPx = upright.width + 2 * marginPx
  const heightPx = upright.height + 2 * marginPx
  const data = new Uint8Array(widthPx * heightPx).fill(255)
  for (let v = 0; v < upright.height; v++) {
    const row = upright.data.subarray(v * upright.width, (v + 1) * upright.width)
    data.set(row, (v + marginPx) * widthPx + marginPx)
  }
  const toPage = (box: BoundingBox): BoundingBox => {
    const [a, b] = [
      unturned((box.x - marginPx) / scale, (box.y - marginPx) / scale, rotation, width, boxHeight),
      unturned(
        (box.x + box.width - marginPx) / scale,
        (box.y + box.height - marginPx) / scale,
        rotation,
        width,
        boxHeight
      )
    ]
    return {
      x: x + Math.min(a[0], b[0]),
      y: y + Math.min(a[1], b[1]),
      width: Math.abs(a[0] - b[0]),
      height: Math.abs(a[1] - b[1])
    }
  }
  return { image: { pageNumber, widthPx, heightPx, channels: 1, data }, toPage }
}

/** Letters of a word set in a row stand this share of their height apart; words, this much. */
const letterGap = 0.14
const wordGap = 0.7
/** A letter further from the one before it than this many times the usual distance begins a new word. */
const newWord = 1.5

/** Letters stacked on each other, or spread along a row, set side by side: recognisers know words, hardly single letters. */
export const cropStacked = (gray: GrayImage, line: WritingLine, pageNumber: number): Crop => {
  const isRow = line.box.width > line.box.height
  const end = ({ x, y, width, height }: BoundingBox) => (isRow ? x + width : y + height)
  const letters = line.pieces.toSorted((a, b) => end(a) - end(b))
  const height = Math.max(...letters.map((letter) => letter.height))
  const pitches = letters.slice(1).map((letter, i) => end(letter) - end(letters[i]!))
  const usual = median(pitches) ?? height
  const parts = letters.map((box) => ({
    box,
    crop: cropLine(gray, { ...line, box, pieces: [box] }, 0, height, pageNumber)
  }))
  let widthPx = 0
  const placed = parts.map((part, i) => {
    const apart = i === 0 ? 0 : pitches[i - 1]! > newWord * usual ? wordGap : letterGap
    const x = Math.max(0, widthPx + Math.round(apart * lineHeightPx) - (i === 0 ? 0 : 2 * marginPx))
    widthPx = x + part.crop.image.widthPx
    return { ...part, x }
  })
  const heightPx = Math.max(...parts.map(({ crop }) => crop.image.heightPx))
  const data = new Uint8Array(widthPx * heightPx).fill(255)
  for (const { crop, x } of placed) {
    // On one baseline; margins overlap and must not wipe out a neighbour.
    const top = heightPx - crop.image.heightPx
    for (let v = 0; v < crop.image.heightPx; v++) {
      for (let u = 0; u < crop.image.widthPx; u++) {
        const at = (top + v) * widthPx + x + u
        data[at] = Math.min(data[at]!, crop.image.data[v * crop.image.widthPx + u]!)
      }
    }
  }
  const toPage = (box: BoundingBox): BoundingBox => {
    const covered = placed.filter(({ x, crop }) => {
      const middle = x + crop.image.widthPx / 2
      return middle >= box.x && middle <= box.x + box.width
    })
    return covered.length === 0 ? line.box : union(covered.map((letter) => letter.box))
  }
  return { image: { pageNumber, widthPx, heightPx, channels: 1, data }, toPage }
}

/** Where a point of the upright line lies in the box on the page. */
const unturned = (
  s: number,
  t: number,
  rotation: Rotation,
  width: number,
  height: number
): readonly [number, number] => {
  switch (rotation) {
    case 0:
      return [s, t]
    case 90:
      return [width - t, s]
    case 180:
      return [width - s, height - t]
    case 270:
      return [t, height - s]
  }
}

/** Beyond its pieces a line keeps what is darker than this, of 255: dots and dashes too faint to be pieces. */
const faintest = 215

/** The pixels of a line, dark on white; neighbours, borders and highlights are gone. */
const cleaned = (gray: GrayImage, line: WritingLine): { readonly box: BoundingBox; readonly data: Uint8Array } => {
  const left = Math.max(0, Math.floor(line.box.x) - halo)
  const top = Math.max(0, Math.floor(line.box.y) - halo)
  const right = Math.min(gray.width, Math.ceil(line.box.x + line.box.width) + halo)
  const bottom = Math.min(gray.height, Math.ceil(line.box.y + line.box.height) + halo)
  const [width, height] = [right - left, bottom - top]
  const data = new Uint8Array(width * height)
  const factor = 255 / (line.ground - line.tone || 1)
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const level = Math.max(0, Math.min(255, (gray.data[y * gray.width + x]! - line.tone) * factor))
      data[(y - top) * width + (x - left)] = level
    }
  }
  const own = new Uint8Array(width * height)
  for (const piece of line.pieces) {
    const x0 = Math.max(left, Math.floor(piece.x) - halo)
    const x1 = Math.min(right, Math.ceil(piece.x + piece.width) + halo)
    const y0 = Math.max(top, Math.floor(piece.y) - halo)
    const y1 = Math.min(bottom, Math.ceil(piece.y + piece.height) + halo)
    for (let y = y0; y < y1; y++) own.fill(1, (y - top) * width + x0 - left, (y - top) * width + x1 - left)
  }
  for (let i = 0; i < data.length; i++) if (own[i] === 0 && data[i]! > faintest) data[i] = 255
  for (const run of line.foreign) {
    for (let y = Math.max(top, run.y - halo); y < Math.min(bottom, run.y + halo + 1); y++) {
      const row = (y - top) * width - left
      for (let x = Math.max(left, run.from - halo); x < Math.min(right, run.to + halo); x++) {
        const isRun = y === run.y && x >= run.from && x < run.to
        if (isRun || own[row + x] === 0) data[row + x] = 255
      }
    }
  }
  return { box: { x: left, y: top, width, height }, data }
}

/** A word of a crop as a word of the page. */
export const wordOnPage = (word: Word, crop: Crop, rotation: Rotation): Word => ({
  ...word,
  text: withoutConfusions(word.text),
  box: crop.toPage(word.box),
  rotation
})
