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

/** At least half of the characters are digits: a time, a range of times, a number. */
export const isMostlyDigits = (words: ReadonlyArray<LineWord>): boolean =>
  words.length > 0 && 2 * digitsOf(words) >= textOf(words).length

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
