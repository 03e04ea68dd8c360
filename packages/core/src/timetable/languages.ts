import { dutch } from "./languages/dutch.ts"
import { english } from "./languages/english.ts"
import { french } from "./languages/french.ts"
import { german } from "./languages/german.ts"
import { italian } from "./languages/italian.ts"
import type { Language } from "./languages/Language.ts"
import { maori } from "./languages/maori.ts"
import { portuguese } from "./languages/portuguese.ts"
import { spanish } from "./languages/spanish.ts"
import { swedish } from "./languages/swedish.ts"

export type { ColumnRole, Language, MetadataField } from "./languages/Language.ts"

/** The languages that are read; more are more entries. */
export const languages: ReadonlyArray<Language> = [
  english,
  french,
  german,
  spanish,
  italian,
  dutch,
  portuguese,
  swedish,
  maori
]

/** Shorter names of days are words in another language. */
const shortestPlain = 5

/** The spellings of Monday to Sunday by which a language is known wherever they stand. */
export const plainWeekdays = ({ reach, weekdays }: Language): ReadonlyArray<ReadonlyArray<string>> =>
  reach === "anywhere" ? weekdays : weekdays.map((names) => names.filter((name) => name.length >= shortestPlain))

const combiningMarks = /\p{M}/gu

/** Most of what is written has nothing to fold but its capitals. */
const plainText = /^(?! )(?:[!-~]| (?! |$))*$/

/** Lower case without accents, white space folded: the form in which {@link Language} words are written. */
export const fold = (text: string): string =>
  plainText.test(text)
    ? text.toLowerCase()
    : text.normalize("NFD").replace(combiningMarks, "").replaceAll("’", "'").replace(/\s+/g, " ").trim().toLowerCase()

/** All entries of a kind, of every language, as one set. */
export const wordSet = (pick: (language: Language) => ReadonlyArray<string>): ReadonlySet<string> =>
  new Set(languages.flatMap(pick))

/** Names of spans without lessons, in every language. */
export const breakWords: ReadonlySet<string> = wordSet((language) => language.breakWords)

/** Whether a text names a break, alone or with other words. */
export const namesBreak = (text: string): boolean => {
  const folded = fold(text)
  return breakWords.has(folded) || folded.split(/[^\p{L}\p{M}]+/u).some((word) => breakWords.has(word))
}
