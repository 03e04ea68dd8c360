import { type FontFamily, openFont, textWidth } from "./fonts.ts"
import type { Line, Run, Table } from "./Sheet.ts"

/** What stands on one line after wrapping; a run's text may end in the space before the next run. */
export interface WrappedLine {
  readonly runs: ReadonlyArray<Run>
  /** Points, without space at the end. */
  readonly width: number
}

interface Token extends Run {
  readonly width: number
  /** Without the space that follows. */
  readonly bareWidth: number
}

/** Runs cut into words, each with the space that follows it. */
const tokensOf = (family: FontFamily, line: Line): Array<Token> =>
  line.flatMap((run) => {
    const font = openFont(family, run.bold ?? false)
    return (run.text.match(/\S+\s*|\s+/g) ?? []).map((text) => ({
      ...run,
      text,
      width: textWidth(font, text, run.size),
      bareWidth: textWidth(font, text.trimEnd(), run.size)
    }))
  })

const joined = (tokens: ReadonlyArray<Token>): WrappedLine => {
  const runs: Array<Run> = []
  for (const { width: _, bareWidth: __, ...run } of tokens) {
    const before = runs.at(-1)
    const sameStyle = before && before.size === run.size && before.bold === run.bold && before.color === run.color
    if (sameStyle) runs[runs.length - 1] = { ...before, text: before.text + run.text }
    else runs.push(run)
  }
  const last = tokens.at(-1)!
  return { runs, width: tokens.reduce((sum, token) => sum + token.width, last.bareWidth - last.width) }
}

/** So many letters at least stand on either side of a hyphen. */
const leastLetters = 3

/** Parts of a word that fit the width, with a hyphen at each break or none; the word itself where it has no such parts. */
const brokenWord = (family: FontFamily, token: Token, width: number, mark: "-" | ""): ReadonlyArray<Token> => {
  const font = openFont(family, token.bold ?? false)
  const partOf = (text: string): Token => ({
    ...token,
    text,
    width: textWidth(font, text, token.size),
    bareWidth: textWidth(font, text.trimEnd(), token.size)
  })
  const letters = [...token.text.trimEnd()]
  const least = mark === "-" ? leastLetters : 1
  for (let at = letters.length - least; at >= least; at--) {
    const head = partOf(letters.slice(0, at).join("") + mark)
    if (head.bareWidth > width || !/^\p{L}+-?$/u.test(head.text)) continue
    const tail = partOf(token.text.slice(letters.slice(0, at).join("").length))
    return [head, ...(tail.bareWidth > width ? brokenWord(family, tail, width, mark) : [tail])]
  }
  return [token]
}

/**
 * Breaks lines at spaces, and words wider than `width` if `breaksWords` says how; `fits` is false where one stays wider.
 * Widths are in points.
 */
export const wrapLines = (
  family: FontFamily,
  lines: ReadonlyArray<Line>,
  width: number,
  breaksWords?: Table["breaksWords"]
): { readonly lines: ReadonlyArray<WrappedLine>; readonly fits: boolean } => {
  const wrapped: Array<WrappedLine> = []
  let fits = true
  for (const line of lines) {
    let current: Array<Token> = []
    let used = 0
    const tokens = tokensOf(family, line).flatMap((token) =>
      breaksWords && token.bareWidth > width
        ? brokenWord(family, token, width, breaksWords === "hyphen" ? "-" : "")
        : [token]
    )
    for (const token of tokens) {
      if (token.bareWidth > width) fits = false
      if (current.length > 0 && used + token.bareWidth > width) {
        wrapped.push(joined(current))
        current = []
        used = 0
      }
      current.push(token)
      used += token.width
    }
    if (current.length > 0) wrapped.push(joined(current))
  }
  return { lines: wrapped, fits }
}
