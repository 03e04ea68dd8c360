import type { PageImage } from "../document/Page.ts"

/** Halves both sides by averaging four pixels into one; an odd last row or column is left out. */
export const halveImage = (image: PageImage): PageImage => {
  const { widthPx: width, channels, data } = image
  const [w, h] = [width >> 1, image.heightPx >> 1]
  const half = new Uint8Array(w * h * channels)
  const below = width * channels
  for (let y = 0, target = 0; y < h; y++) {
    let at = 2 * y * below
    for (let x = 0; x < w; x++, at += 2 * channels) {
      for (let c = 0; c < channels; c++) {
        const upper = at + c
        half[target++] =
          (data[upper]! + data[upper + channels]! + data[upper + below]! + data[upper + below + channels]! + 2) >> 2
      }
    }
  }
  return { ...image, widthPx: w, heightPx: h, data: half }
}

/**
 * Enlarges by a whole factor with the cubic of Catmull and Rom, which keeps small letters crisp where linear
 * interpolation smears them.
 */
export const enlarge = (image: PageImage, factor: number): PageImage => {
  const { widthPx: width, heightPx: height, channels, data } = image
  const taps = tapsOf(factor)
  const wide = enlargeLines(data, height, width, channels, factor, taps)
  // A whole row of the widened image is one sample of its columns.
  const tall = enlargeLines(wide, 1, height, width * factor * channels, factor, taps)
  return { ...image, widthPx: width * factor, heightPx: height * factor, data: tall }
}

/** Offset of the first of four samples and their weights, for each of the `factor` places between two pixels. */
interface Taps {
  readonly first: number
  readonly weights: readonly [number, number, number, number]
}

const tapsOf = (factor: number): ReadonlyArray<Taps> =>
  Array.from({ length: factor }, (_, phase) => {
    const position = (phase + 0.5) / factor - 0.5
    const first = Math.floor(position) - 1
    const t = position - first - 1
    return {
      first,
      weights: [
        t * (-0.5 + t * (1 - 0.5 * t)),
        1 + t * t * (-2.5 + 1.5 * t),
        t * (0.5 + t * (2 - 1.5 * t)),
        t * t * (-0.5 + 0.5 * t)
      ]
    }
  })

/** Enlarges `lines` lines of `length` samples of `size` values each, along the line. */
const enlargeLines = (
  data: Uint8Array,
  lines: number,
  length: number,
  size: number,
  factor: number,
  taps: ReadonlyArray<Taps>
): Uint8Array => {
  // Clamped, because the cubic overshoots at edges.
  const enlarged = new Uint8ClampedArray(lines * length * factor * size)
  const last = length - 1
  for (let line = 0; line < lines; line++) {
    const start = line * length
    for (let phase = 0; phase < factor; phase++) {
      const { first, weights } = taps[phase]!
      const [wa, wb, wc, wd] = weights
      for (let at = 0; at < length; at++) {
        const a = (start + Math.max(0, at + first)) * size
        const b = (start + Math.min(last, Math.max(0, at + first + 1))) * size
        const c = (start + Math.min(last, at + first + 2)) * size
        const d = (start + Math.min(last, at + first + 3)) * size
        const target = ((start + at) * factor + phase) * size
        for (let k = 0; k < size; k++) {
          enlarged[target + k] = wa * data[a + k]! + wb * data[b + k]! + wc * data[c + k]! + wd * data[d + k]!
        }
      }
    }
  }
  return new Uint8Array(enlarged.buffer)
}
