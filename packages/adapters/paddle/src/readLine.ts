import type { BoundingBox } from "@timegrid/core"
import { decodeCtc, type SeenCharacter } from "./decodeCtc.ts"
import { chooseDigits, mayLackDigits } from "./digits.ts"
import { type LineShape, lineShape } from "./ink.ts"
import { type Pixels, resample } from "./pixels.ts"

/** Runs a model on one tensor of the given shape and lends its only output to `use`, after which that is gone. */
export type Infer = <A>(
  input: Float32Array,
  shape: ReadonlyArray<number>,
  use: (output: Float32Array) => A
) => Promise<A>

/** A word of a line, by the pixels of its image between which it stands. */
export interface LineWord {
  readonly text: string
  readonly from: number
  readonly to: number
  /** That of its least sure character: the model is far too sure of the others for a mean to tell anything. */
  readonly confidence: number
}

/** What the recogniser was taught on: lines of this height. */
const lineHeightPx = 48

/** Pixels of the model's input that become one time step. */
const stepPx = 8

/**
 * The model reads short lines better with room after them, as all were taught with: on 600 made lines 555 were right
 * without, 565 with this and with the original's 320 pixels, which take a third longer.
 */
const roomPx = 64
const leastWidthPx = 160

/** The memory that a line takes grows with its width; no line of 48 pixels height is honestly wider. */
const mostWidthPx = 4096

/** By how much digits are drawn out sideways, since of two equal narrow ones the decoder may drop one ("11" → "1"). */
const digitStretch = 1.5

/** The words of an image with one level line, from left to right. */
export const readLine = async (
  pixels: Pixels,
  alphabet: ReadonlyArray<string>,
  infer: Infer
): Promise<ReadonlyArray<LineWord>> => {
  const shape = lineShape(pixels)
  const plain = await readStretched(pixels, shape, 1, alphabet, infer)
  if (!mayLackDigits(plain)) return plain
  return chooseDigits(plain, await readStretched(pixels, shape, digitStretch, alphabet, infer))
}

const readStretched = async (
  pixels: Pixels,
  { gaps, region }: LineShape,
  stretch: number,
  alphabet: ReadonlyArray<string>,
  infer: Infer
): Promise<ReadonlyArray<LineWord>> => {
  const natural = Math.round((lineHeightPx * region.width * stretch) / region.height)
  const widthPx = Math.min(mostWidthPx - roomPx, Math.max(stepPx, natural))
  const inputPx = stepPx * Math.ceil(Math.max(leastWidthPx, widthPx + roomPx) / stepPx)
  const levels = resample(pixels, region, widthPx, lineHeightPx)
  // Zero, the middle gray, is the room after the line.
  const input = new Float32Array(3 * lineHeightPx * inputPx)
  for (let row = 0; row < 3 * lineHeightPx; row++) {
    for (let x = 0; x < widthPx; x++) input[row * inputPx + x] = levels[row * widthPx + x]! / 127.5 - 1
  }
  const characters = await infer(input, [1, 3, lineHeightPx, inputPx], (output) => decodeCtc(output, alphabet))
  return wordsOf(characters, region, (stepPx * region.width) / widthPx, gaps)
}

/**
 * Cuts at the spaces that the model saw and at the gaps where it missed one. `region` is the part of the image that the
 * characters were seen in, `stepWidthPx` the width of a time step and `gaps` the middles of gaps, in pixels of the image.
 */
export const wordsOf = (
  characters: ReadonlyArray<SeenCharacter>,
  region: Pick<BoundingBox, "x" | "width">,
  stepWidthPx: number,
  gaps: ReadonlyArray<number>
): ReadonlyArray<LineWord> => {
  const words: Array<LineWord> = []
  let letters: Array<SeenCharacter> = []
  let from = region.x
  let previous = region.x
  const close = (to: number) => {
    if (letters.length > 0) {
      const confidence = Math.min(...letters.map(({ probability }) => probability))
      words.push({ text: letters.map(({ text }) => text).join(""), from, to, confidence })
    }
    letters = []
    from = to
  }
  for (const character of characters) {
    const middle = region.x + ((character.from + character.to) / 2) * stepWidthPx
    const gap = isInsideNumber(letters.at(-1), character)
      ? undefined
      : gaps.find((each) => each > previous && each < middle)
    const isSpace = character.text.trim() === ""
    if (gap !== undefined) close(gap)
    else if (isSpace) close(middle)
    if (!isSpace) letters.push(character)
    previous = middle
  }
  close(region.x + region.width)
  return words
}

/** Digits of one width and the signs between them stand as far apart as words do. */
const isInsideNumber = (last: SeenCharacter | undefined, next: SeenCharacter): boolean =>
  last !== undefined && /^[\d:.,]{2}$/.test(last.text + next.text)
