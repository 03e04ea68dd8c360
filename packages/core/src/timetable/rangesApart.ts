import type { Word } from "../document/Page.ts"
import { findTimes } from "./times.ts"

/**
 * Cuts words of one line wherever one range of times follows another with nothing between, `8:40-9:10 9:10-9:40`: two
 * headers whose columns are hardly wider than they are.
 */
export const rangesApart = (words: ReadonlyArray<Word>): ReadonlyArray<ReadonlyArray<Word>> => {
  if (words.length < 2) return [words]
  const starts: Array<number> = []
  let text = ""
  for (const word of words) {
    starts.push(text.length)
    text += `${word.text} `
  }
  const ranges = findTimes(text).filter(({ tie }) => tie === "dash")
  const cuts = ranges.slice(1).flatMap(({ from }, i) => {
    const at = starts.indexOf(from)
    return at > 0 && text.slice(ranges[i]!.to, from).trim() === "" ? [at] : []
  })
  return [0, ...cuts].map((cut, i) => words.slice(cut, cuts[i]))
}
