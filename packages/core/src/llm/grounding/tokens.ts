/** Texts of an answer looked for among printed words. */
import type { Word } from "../../document/Page.ts"
import { normaliseText } from "../../evaluation/textSimilarity.ts"
import { editDistance } from "../../internal/editDistance.ts"
import { visible } from "../fence.ts"

/** A part of a printed word between spaces and punctuation, in the form that texts are compared in. */
export interface Token {
  readonly text: string
  readonly word: Word
}

/** Where a text is printed. */
export interface PrintedRun {
  readonly words: ReadonlyArray<Word>
  /** Whether a letter differs, as it may where the words were read by OCR. */
  readonly isCorrected: boolean
}

/** What is written, in reading order. */
export interface Writing {
  readonly tokens: ReadonlyArray<Token>
  /** The texts of all tokens put together. */
  readonly text: string
}

/** @param words In reading order. */
export const writingOf = (words: ReadonlyArray<Word>): Writing => {
  const tokens = words.flatMap((word) => partsOf(word.text).map((text) => ({ text, word })))
  return { tokens, text: textOf(tokens) }
}

const textOf = (tokens: ReadonlyArray<Token>): string => tokens.map(({ text }) => text).join("")

/** What is left of a writing without some of its words. */
export const without = ({ tokens }: Writing, words: ReadonlyArray<Word>): Writing => {
  const left = new Set(words)
  const rest = tokens.filter(({ word }) => !left.has(word))
  return { tokens: rest, text: textOf(rest) }
}

const partsOf = (text: string): ReadonlyArray<string> => normaliseText(visible(text)).split(" ").filter(isSomething)

const isSomething = (text: string): boolean => text !== ""

/** The text as it is compared: letters and digits in lower case, nothing between them. */
export const condensed = (text: string): string => partsOf(text).join("")

/** OCR may have misread one letter in so many; digits are never taken for others. */
const lettersForOneMisread = 10

/** Whether a text is printed, letter by letter, wherever words begin and end. */
export const isWritten = (writing: Writing, text: string): boolean => {
  const wanted = condensed(text)
  return wanted !== "" && writing.text.includes(wanted)
}

/**
 * The first run of following tokens that makes up a {@link condensed} text, however it is spaced, hyphenated and cased.
 * Where OCR read the words, one letter in ten may differ, but no digit.
 */
export const findRun = (writing: Writing, wanted: string): PrintedRun | null => {
  if (wanted === "") return null
  const exact = writing.text.includes(wanted) ? runOf(writing.tokens, wanted, 0) : null
  const allowed = Math.floor(wanted.length / lettersForOneMisread)
  return exact ?? (allowed === 0 ? null : runOf(writing.tokens, wanted, allowed))
}

const runOf = (tokens: ReadonlyArray<Token>, wanted: string, allowed: number): PrintedRun | null => {
  for (let from = 0; from < tokens.length; from++) {
    let printed = ""
    for (let to = from; to < tokens.length && printed.length < wanted.length + allowed; to++) {
      printed += tokens[to]!.text
      if (printed === wanted || (allowed > 0 && isMisread(printed, wanted, allowed, tokens.slice(from, to + 1)))) {
        const words = tokens.slice(from, to + 1).map(({ word }) => word)
        return { words: [...new Set(words)], isCorrected: printed !== wanted }
      }
    }
  }
  return null
}

const isMisread = (printed: string, wanted: string, allowed: number, run: ReadonlyArray<Token>): boolean =>
  Math.abs(printed.length - wanted.length) <= allowed &&
  run.some(({ word }) => word.source === "ocr") &&
  digitsOf(printed) === digitsOf(wanted) &&
  editDistance(printed, wanted) <= allowed

const digitsOf = (text: string): string => text.replace(/\P{N}+/gu, "")

/** A text in the model's spelling where its signs are printed too; else in that of the page. */
export const spelling = (text: string, words: ReadonlyArray<Word>): string => {
  const printed = tidy(words.map((word) => word.text).join(" "))
  const spelt = tidy(text)
  const signs = spelt.match(/[^\p{L}\p{N}\s]/gu) ?? []
  return signs.every((sign) => printed.includes(sign)) ? spelt : printed
}

const tidy = (text: string): string => visible(text).normalize("NFC").replace(/\s+/g, " ").trim()
