import type { GrayImage } from "./gray.ts"

/** Pixels along each side of the blocks whose spectrum is taken; a power of two. */
const windowPx = 64
/** Blocks looked at along each side of the image, at most. */
const samples = 24
/** The share of blocks that are taken: those of the least contrast hold neither writing nor borders. */
const blankShare = 0.25
/** Stripes repeat at least so often over a block, and no finer than every so many pixels. */
const leastCycles = 5
const finestPeriodPx = 2.5
/** What repeats no more often across or down a block runs along its columns or rows, as borders and lines do. */
const drawnCycles = 1
/** So much of what varies in blank blocks belongs to one pattern of stripes; noise spreads over all frequencies. */
const leastShare = 0.12
/** Stripes are at least so many of 256 levels strong, which in a tapered block is this power. */
const leastLevels = 1.5
const leastPower = (leastLevels * (windowPx / 2) ** 2 * 0.5) ** 2

/** A pattern of stripes: how many radians it advances a pixel. */
export interface Wave {
  readonly across: number
  readonly down: number
}

/** The pattern that much of what varies in the blank parts of an image belongs to; null where there is none. */
export const strongestWave = (gray: GrayImage): Wave | null => {
  const power = spectrumOf(gray)
  if (power === null) return null
  const size = windowPx
  let [total, most, at] = [0, 0, -1]
  for (let row = 0; row < size; row++) {
    const down = row < size / 2 ? row : row - size
    // Of each wave and its mirror image one is enough.
    for (let across = 1; across <= size / 2; across++) {
      const cycles = Math.hypot(across, down)
      if (cycles < leastCycles || across <= drawnCycles || Math.abs(down) <= drawnCycles) continue
      const value = power[row * size + across]!
      total += value
      if (value > most && cycles <= size / finestPeriodPx) [most, at] = [value, row * size + across]
    }
  }
  if (at < 0) return null
  const [row, column] = [Math.floor(at / size), at % size]
  const near = [-1, 0, 1]
  const around = near.map((dy) => near.map((dx) => power[wrapped(row + dy) * size + wrapped(column + dx)]!))
  const sum = around.flat().reduce((one, other) => one + other, 0)
  if (sum < leastPower || sum < leastShare * total) return null
  const [across, down] = [
    column + peakOf(around[1]!),
    (row < size / 2 ? row : row - size) + peakOf(around.map((line) => line[1]!))
  ]
  return { across: (2 * Math.PI * across) / size, down: (2 * Math.PI * down) / size }
}

const wrapped = (at: number): number => (at + windowPx) % windowPx

/** Where a peak lies between three samples of a spectrum, from its middle one. */
const peakOf = ([before, middle, after]: ReadonlyArray<number>): number => {
  const [a, b, c] = [before!, middle!, after!].map((power) => Math.log(power + 1e-9))
  const curve = a! - 2 * b! + c!
  return curve >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (a! - c!) / (2 * curve)))
}

/**
 * The geometric mean of the power spectra of the blank blocks, in which stripes count that are everywhere and borders
 * that some blocks have do not; null for an image that is smaller than a block.
 */
const spectrumOf = (gray: GrayImage): Float64Array | null => {
  const size = windowPx
  if (gray.width < size || gray.height < size) return null
  const step = Math.max(size / 2, Math.ceil(Math.max(gray.width, gray.height) / samples))
  const blocks: Array<{ readonly x: number; readonly y: number; readonly spread: number }> = []
  for (let y = 0; y + size <= gray.height; y += step) {
    for (let x = 0; x + size <= gray.width; x += step) blocks.push({ x, y, spread: spreadOf(gray, x, y, size) })
  }
  const blank = blocks.toSorted((a, b) => a.spread - b.spread).slice(0, Math.ceil(blankShare * blocks.length))
  const logarithms = new Float64Array(size * size)
  const [real, imaginary] = [new Float64Array(size * size), new Float64Array(size * size)]
  for (let i = 0; i < blank.length; i += 2) {
    takeBlock(gray, blank[i]!, real)
    const other = blank[i + 1]
    if (other) takeBlock(gray, other, imaginary)
    else imaginary.fill(0)
    transform2d(real, imaginary)
    addPowers(real, imaginary, logarithms)
  }
  return logarithms.map((sum) => Math.exp(sum / blank.length))
}

/**
 * Adds the logarithms of the powers of two blocks that were transformed as one, as its real and its imaginary part: each
 * by itself has the same power at opposite places, so that what differs between these tells the two apart.
 */
const addPowers = (real: Float64Array, imaginary: Float64Array, logarithms: Float64Array): void => {
  for (let row = 0; row < windowPx; row++) {
    // The other half of the columns has the same powers again.
    for (let column = 0; column <= windowPx / 2; column++) {
      const at = row * windowPx + column
      const opposite = wrapped(-row) * windowPx + wrapped(-column)
      const [re, im, oppositeRe, oppositeIm] = [real[at]!, imaginary[at]!, real[opposite]!, imaginary[opposite]!]
      const one = ((re + oppositeRe) ** 2 + (im - oppositeIm) ** 2) / 4
      const other = ((re - oppositeRe) ** 2 + (im + oppositeIm) ** 2) / 4
      const sum = Math.log((1 + one) * (1 + other))
      logarithms[at]! += sum
      if (column > 0 && column < windowPx / 2) logarithms[opposite]! += sum
    }
  }
}

/** How much a block varies, coarsely. */
const spreadOf = ({ data, width }: GrayImage, left: number, top: number, size: number): number => {
  let [sum, squares, count] = [0, 0, 0]
  for (let y = top; y < top + size; y += 2) {
    for (let x = left; x < left + size; x += 2) {
      const level = data[y * width + x]!
      sum += level
      squares += level * level
      count++
    }
  }
  return squares / count - (sum / count) ** 2
}

/** A raised cosine, so that the edges of a block do not show in its spectrum. */
const taper = Float64Array.from(
  { length: windowPx },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / windowPx)
)

const takeBlock = (
  { data, width }: GrayImage,
  { x: left, y: top }: { readonly x: number; readonly y: number },
  block: Float64Array
): void => {
  const size = windowPx
  let sum = 0
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) sum += block[y * size + x] = data[(top + y) * width + left + x]!
  }
  const mean = sum / (size * size)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) block[y * size + x] = (block[y * size + x]! - mean) * taper[y]! * taper[x]!
  }
}

/** The Fourier transform of a square block, in place. */
const transform2d = (real: Float64Array, imaginary: Float64Array): void => {
  const size = windowPx
  for (let row = 0; row < size; row++) transform(real, imaginary, row * size, 1)
  for (let column = 0; column < size; column++) transform(real, imaginary, column, size)
}

const cosines = Float64Array.from({ length: windowPx }, (_, i) => Math.cos((2 * Math.PI * i) / windowPx))
const sines = Float64Array.from({ length: windowPx }, (_, i) => -Math.sin((2 * Math.PI * i) / windowPx))

/** The fast Fourier transform of `windowPx` values, `step` apart, in place. */
const transform = (real: Float64Array, imaginary: Float64Array, first: number, step: number): void => {
  const size = windowPx
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      const [a, b] = [first + i * step, first + j * step]
      ;[real[a], real[b]] = [real[b]!, real[a]!]
      ;[imaginary[a], imaginary[b]] = [imaginary[b]!, imaginary[a]!]
    }
  }
  for (let length = 2; length <= size; length *= 2) {
    const turn = size / length
    for (let start = 0; start < size; start += length) {
      for (let k = 0; k < length / 2; k++) {
        const cosine = cosines[k * turn]!
        const sine = sines[k * turn]!
        const a = first + (start + k) * step
        const b = a + (length / 2) * step
        const re = real[b]! * cosine - imaginary[b]! * sine
        const im = real[b]! * sine + imaginary[b]! * cosine
        real[b] = real[a]! - re
        imaginary[b] = imaginary[a]! - im
        real[a]! += re
        imaginary[a]! += im
      }
    }
  }
}
