import { fold, type Language, languages, plainWeekdays } from "./languages.ts"

/** So many different days have to be named in a language: a single word may be a person's name, or misread. */
const enoughDays = 2

/** The spellings of each day that only one language has. */
const ownSpellings = new Map(languages.map((language) => [language, spellingsOf(language)]))

/**
 * The language that most days are named in on a page, null where too few are. Days tell it before anything else is
 * understood: they are short, common to all timetables, and read without their accents as well.
 */
export const writtenLanguage = (texts: ReadonlyArray<string>): Language | null => {
  const words = new Set(texts.flatMap((text) => fold(text).match(/\p{L}{3,}/gu) ?? []))
  let [most, found]: [number, Language | null] = [enoughDays - 1, null]
  for (const language of languages) {
    const named = ownSpellings.get(language)!.filter((spellings) => spellings.some((spelling) => words.has(spelling)))
    if (named.length > most) [most, found] = [named.length, language]
    else if (named.length === most) found = null
  }
  return found
}

function spellingsOf(language: Language): ReadonlyArray<ReadonlyArray<string>> {
  const others = new Set(languages.filter((each) => each !== language).flatMap((each) => plainWeekdays(each).flat()))
  return plainWeekdays(language).map((names) => names.filter((name) => name.length > 2 && !others.has(name)))
}
