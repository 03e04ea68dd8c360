import type { GrayImage } from "./gray.ts"
import { strongestWave, type Wave } from "./waves.ts"

/** Patterns that lie over each other, at most. */
const mostPatterns = 3
/** Pixels along each side of the tiles in which the strength of a pattern is measured. */
const tilePx = 16
/** What differs by more levels from the mean of its tile is ink, not stripes. */
const strongest = 24
/** Tiles within so many of each other tell together how strong the pattern is there. */
const reach = 2

/**
 * Takes the stripes of a photographed screen (moiré) off an image: of each regular pattern that shows in its blank
 * parts, what there is of it in every place. An image without such a pattern is handed back as it is.
 */
export const withoutStripes = (gray: GrayImage): GrayImage => {
  let image = gray
  for (let i = 0; i < mostPatterns; i++) {
    const wave = strongestWave(image)
    if (wave === null) return image
    image = without(image, wave)
  }
  return image
}

/** How a pattern stands in each tile of an image: its strength and phase, as a complex number. */
interface Strengths {
  readonly columns: number
  readonly rows: number
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

const without = (gray: GrayImage, wave: Wave): GrayImage => {
  const { data, height, width } = gray
  const { columns, imaginary, real, rows } = strengthsOf(gray, wave)
  const [across, down] = [phasesOf(width, wave.across), phasesOf(height, wave.down)]
  const plain = new Uint8ClampedArray(data.length)
  const [rowReal, rowImaginary] = [new Float64Array(columns), new Float64Array(columns)]
  const lefts = Int32Array.from({ length: width }, (_, x) => Math.floor(tileAt(x, columns)))
  const shares = Float64Array.from(lefts, (left, x) => tileAt(x, columns) - left)
  for (let y = 0; y < height; y++) {
    const upper = Math.floor(tileAt(y, rows))
    const share = tileAt(y, rows) - upper
    const lower = Math.min(rows - 1, upper + 1)
    for (let i = 0; i < columns; i++) {
      const [above, below] = [upper * columns + i, lower * columns + i]
      rowReal[i] = real[above]! + (real[below]! - real[above]!) * share
      rowImaginary[i] = imaginary[above]! + (imaginary[below]! - imaginary[above]!) * share
    }
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const left = lefts[x]!
      const right = left + 1 < columns ? left + 1 : left
      const re = rowReal[left]! + (rowReal[right]! - rowReal[left]!) * shares[x]!
      const im = rowImaginary[left]! + (rowImaginary[right]! - rowImaginary[left]!) * shares[x]!
      const cosine = across.cosines[x]! * down.cosines[y]! - across.sines[x]! * down.sines[y]!
      const sine = across.sines[x]! * down.cosines[y]! + across.cosines[x]! * down.sines[y]!
      plain[at] = data[at]! - 2 * (re * cosine - im * sine)
    }
  }
  return { width, height, data: new Uint8Array(plain.buffer) }
}

/** Where a pixel lies among the middles of the tiles. */
const tileAt = (place: number, tiles: number): number => Math.max(0, Math.min(tiles - 1, (place + 0.5) / tilePx - 0.5))

/** Where a wave stands in each row or column. */
interface Phases {
  readonly cosines: Float64Array
  readonly sines: Float64Array
}

const phasesOf = (length: number, radians: number): Phases => ({
  cosines: Float64Array.from({ length }, (_, i) => Math.cos(radians * i)),
  sines: Float64Array.from({ length }, (_, i) => Math.sin(radians * i))
})

/** The strength of a wave in each tile, with its neighbours', of which blank ones tell most. */
const strengthsOf = (gray: GrayImage, wave: Wave): Strengths => {
  const [columns, rows] = [Math.ceil(gray.width / tilePx), Math.ceil(gray.height / tilePx)]
  const [across, down] = [phasesOf(gray.width, wave.across), phasesOf(gray.height, wave.down)]
  const [ownReal, ownImaginary] = [new Float64Array(columns * rows), new Float64Array(columns * rows)]
  const weights = new Float64Array(columns * rows)
  for (let at = 0; at < weights.length; at++) {
    const left = (at % columns) * tilePx
    const top = Math.floor(at / columns) * tilePx
    const [re, im, variance] = strengthIn(gray, left, top, across, down)
    const weight = 1 / (1 + variance ** 2)
    weights[at] = weight
    ownReal[at] = weight * re
    ownImaginary[at] = weight * im
  }
  const [real, imaginary] = [new Float64Array(weights.length), new Float64Array(weights.length)]
  for (let at = 0; at < weights.length; at++) {
    const [column, row] = [at % columns, Math.floor(at / columns)]
    let [re, im, total] = [0, 0, 0]
    for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y++) {
      for (let x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x++) {
        re += ownReal[y * columns + x]!
        im += ownImaginary[y * columns + x]!
        total += weights[y * columns + x]!
      }
    }
    real[at] = re / total
    imaginary[at] = im / total
  }
  return { columns, rows, real, imaginary }
}

/** The strength of a wave in one tile, and the variance of its levels. */
const strengthIn = (
  { data, height, width }: GrayImage,
  left: number,
  top: number,
  across: Phases,
  down: Phases
): readonly [real: number, imaginary: number, variance: number] => {
  const [right, bottom] = [Math.min(width, left + tilePx), Math.min(height, top + tilePx)]
  const count = (right - left) * (bottom - top)
  let sum = 0
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += data[y * width + x]!
  const mean = sum / count
  let [re, im, squares] = [0, 0, 0]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const level = Math.max(-strongest, Math.min(strongest, data[y * width + x]! - mean))
      squares += level * level
      re += level * (across.cosines[x]! * down.cosines[y]! - across.sines[x]! * down.sines[y]!)
      im -= level * (across.sines[x]! * down.cosines[y]! + across.cosines[x]! * down.sines[y]!)
    }
  }
  return [re / count, im / count, squares / count]
}
