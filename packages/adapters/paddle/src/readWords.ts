import type { BoundingBox, OcrOptions, Rotation } from "@timegrid/core"
import { findLines } from "./findLines.ts"
import { inkBox } from "./ink.ts"
import { crop, type Pixels, quarterTurn } from "./pixels.ts"
import { type Infer, type LineWord, readLine } from "./readLine.ts"

/** A word as the thread sends it. */
export interface ReadWord {
  readonly text: string
  readonly box: BoundingBox
  readonly rotation: Rotation
  readonly confidence: number
  readonly lineHeightPx: number
}

/** The two models, and what the recogniser's classes stand for. */
export interface PaddleModels {
  readonly detect: Infer
  readonly recognize: Infer
  readonly alphabet: ReadonlyArray<string>
}

/** A region this much higher than wide holds turned writing, as the original has it. */
const turnedAspect = 1.5

/** The words of an image in reading order: of the whole image as one line, or of the lines that the detector finds. */
export const readWords = async (
  pixels: Pixels,
  layout: NonNullable<OcrOptions["layout"]>,
  models: PaddleModels
): Promise<ReadonlyArray<ReadWord>> => {
  if (layout === "line") return readLevel(pixels, models)
  const words: Array<ReadWord> = []
  for (const region of await findLines(pixels, models.detect)) {
    const line = crop(pixels, region)
    const isTurned = region.height > turnedAspect * region.width
    const read = isTurned ? await readTurned(line, models) : await readLevel(line, models)
    for (const { box, ...word } of read)
      words.push({ ...word, box: { ...box, x: region.x + box.x, y: region.y + box.y } })
  }
  return words
}

const readLevel = async (line: Pixels, { alphabet, recognize }: PaddleModels): Promise<ReadonlyArray<ReadWord>> =>
  (await readLine(line, alphabet, recognize)).map((word) => placed(word, line))

/** Time steps are coarse, so a word gets the box of the writing between its ends. */
const placed = ({ confidence, from, text, to }: LineWord, line: Pixels): ReadWord => {
  const x = Math.min(line.widthPx - 1, Math.max(0, Math.floor(from)))
  const end = Math.min(line.widthPx, Math.ceil(to))
  const ink = inkBox(crop(line, { x, y: 0, width: Math.max(1, end - x), height: line.heightPx }))
  return { text, confidence, rotation: 0, lineHeightPx: ink.height, box: { ...ink, x: x + ink.x } }
}

/** High and narrow: a single letter, or a line turned either way; the surest reading tells. */
const readTurned = async (line: Pixels, models: PaddleModels): Promise<ReadonlyArray<ReadWord>> => {
  const downwards = quarterTurn(line)
  const upwards = quarterTurn(quarterTurn(downwards))
  const { heightPx: height, widthPx: width } = line
  const readings = [
    await readLevel(line, models),
    (await readLevel(downwards, models)).map(
      (word): ReadWord => ({
        ...word,
        rotation: 90,
        box: { x: width - word.box.y - word.box.height, y: word.box.x, width: word.box.height, height: word.box.width }
      })
    ),
    (await readLevel(upwards, models)).map(
      (word): ReadWord => ({
        ...word,
        rotation: 270,
        box: { x: word.box.y, y: height - word.box.x - word.box.width, width: word.box.height, height: word.box.width }
      })
    )
  ]
  return readings.reduce((best, each) => (sureness(each) > sureness(best) ? each : best))
}

const sureness = (words: ReadonlyArray<ReadWord>): number =>
  words.length === 0 ? 0 : Math.min(...words.map(({ confidence }) => confidence))
