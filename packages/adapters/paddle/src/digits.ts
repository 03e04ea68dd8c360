/**
 * Which of two readings of digits to believe. Of two equal narrow digits the decoder may drop one ("11" → "1"), less
 * so in a line that is drawn out sideways; but there it takes the "o" of "to" for a digit.
 */
import type { LineWord } from "./readLine.ts"

const clock = "(?:[01]?\\d|2[0-4])[:.h][0-5]\\d(?:[ap]\\.?m\\.?)?"
const clocks = new RegExp(`^${clock}(?:(?:[-~/]|\\p{L}{2,5}|à)${clock})?$`, "iu")

const textOf = (words: ReadonlyArray<LineWord>) => words.map(({ text }) => text).join("")
const digitsOf = (words: ReadonlyArray<LineWord>) => textOf(words).replace(/\D/g, "").length
const leastSure = (words: ReadonlyArray<LineWord>) => Math.min(...words.map(({ confidence }) => confidence))

/** From here on a clock time has all its digits: of 489 made lines none was wrong that the other reading had right. */
const sureFrom = 0.95

/** Whether a reading should be compared with a stretched one: half digits or more, and no clock time read for sure. */
export const mayLackDigits = (words: ReadonlyArray<LineWord>): boolean =>
  words.length > 0 &&
  2 * digitsOf(words) >= textOf(words).length &&
  !(clocks.test(textOf(words)) && leastSure(words) >= sureFrom)

/** The reading that is one clock time or two; else the one with more digits; else the surer one. */
export const chooseDigits = (
  plain: ReadonlyArray<LineWord>,
  stretched: ReadonlyArray<LineWord>
): ReadonlyArray<LineWord> => {
  const gains = [
    Number(clocks.test(textOf(stretched))) - Number(clocks.test(textOf(plain))),
    digitsOf(stretched) - digitsOf(plain),
    leastSure(stretched) - leastSure(plain)
  ]
  return (gains.find((gain) => gain !== 0) ?? 0) > 0 ? stretched : plain
}
