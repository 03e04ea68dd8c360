import { editDistance } from "../internal/editDistance.ts"
import type { Candidate } from "./clocks.ts"
import { type PrintedClock, withDigits } from "./times.ts"

/** What was read where a clock must stand; empty where nothing was. */
export interface GarbledClock {
  readonly garbled: string
}

/** Whether a clock is only what was read in its place. */
export const isGarbled = (clock: PrintedClock | GarbledClock): clock is GarbledClock => "garbled" in clock

/** Schools count in steps of so many minutes, within these hours. */
const step = 5
const [firstMinute, lastMinute] = [6 * 60, 20 * 60]
/** In nats, for each sign that would have been misread, up to a clock of which nothing is left. */
const misreadSign = 2.5
const mostSigns = 4

/** All times that may have stood there, those that look most alike first in cost. */
export const garbledCandidates = ({ garbled }: GarbledClock): ReadonlyArray<Candidate> => {
  const read = signsOf(garbled)
  return Array.from({ length: (lastMinute - firstMinute) / step + 1 }, (_, i): Candidate => {
    const minutes = firstMinute + i * step
    const signs = Math.min(mostSigns, ...formsOf(minutes).map((form) => editDistance(read, form)))
    return [minutes, signs * misreadSign]
  })
}

/** Digits, and letters that may stand for one. */
const signsOf = (text: string): string => withDigits(text).replace(/[^\p{L}\p{N}]/gu, "")

/** How a time may be printed, separators left out. */
const formsOf = (minutes: number): ReadonlyArray<string> => {
  const [hour, minute] = [Math.floor(minutes / 60), String(minutes % 60).padStart(2, "0")]
  const short = `${((hour + 11) % 12) + 1}${minute}`
  return [...new Set([short, short.padStart(4, "0"), `${hour}${minute}`, `${hour}`.padStart(2, "0") + minute])]
}
