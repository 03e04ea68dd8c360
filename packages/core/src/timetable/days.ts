import { isWithinEdits } from "../internal/editDistance.ts"
import { fold, type Language, languages, plainWeekdays } from "./languages.ts"

/** Days named by a text; 0 is Monday. */
export interface DayMention {
  /** One entry a day named; each entry holds the days it can mean, several for an initial such as T. */
  readonly days: ReadonlyArray<ReadonlyArray<number>>
  /** What the text says besides, dates left out. */
  readonly rest: string
  /**
   * `"name"`: spelled as in the word list; `"initial"`: one letter; `"repaired"`: nearly as in the word list;
   * `"placed"`: known by its place among the other days.
   */
  readonly spelling: "name" | "initial" | "repaired" | "placed"
}

interface Spelling {
  readonly days: ReadonlyArray<number>
  readonly spelling: DayMention["spelling"]
}

/** The days that each folded spelling can mean, in one or several languages. */
type Spellings = ReadonlyMap<string, ReadonlyArray<number>>

const spellingsOf = (weeks: ReadonlyArray<Language["weekdays"]>): Spellings => {
  const found = new Map<string, Array<number>>()
  for (const weekdays of weeks) {
    weekdays.forEach((names, day) => {
      for (const name of names) {
        const days = found.get(name) ?? []
        if (!days.includes(day)) days.push(day)
        found.set(name, days)
      }
    })
  }
  return found
}

/** What days are looked for in, and of these the names that may be misspelled. */
interface DayNames {
  readonly spellings: Spellings
  readonly misspelled: Spellings
}

const everyName: DayNames = {
  spellings: spellingsOf(languages.map(plainWeekdays)),
  // A misspelled name in a language that is rarely met is more often another word of a common one.
  misspelled: spellingsOf(languages.filter(({ reach }) => reach === "anywhere").map(({ weekdays }) => weekdays))
}
const namesByLanguage = new Map(
  languages.map((language) => {
    const spellings = spellingsOf([language.weekdays])
    return [language, { spellings, misspelled: spellings }]
  })
)
const groups = languages.flatMap(({ dayGroups }) => dayGroups)
const rangeWords = new Set(languages.flatMap((language) => language.rangeWords))
const dayEndings = new Set(languages.flatMap((language) => language.dayEndings))
/** A single letter is more often the name of a week or group. */
const listWords = new Set(languages.flatMap((language) => language.listWords.filter((word) => word.length > 1)))
const months = languages.flatMap((language) => language.months)
const monthOrDate = new RegExp(
  `(?<!\\p{L})(?:\\d{1,2}(?:st|nd|rd|th|er)?\\s*\\.?\\s*(?:de\\s+)?)?(?:${months.join("|")})\\.?(?:\\s*\\d{1,2}(?:st|nd|rd|th)?)?(?:,?\\s*(?:19|20)\\d{2})?(?!\\p{L})`,
  "giu"
)
const wordsForDay = languages.flatMap(({ columns }) => columns.day)
/** What names the day of a cycle before that of the week: `Day 1 Monday`. */
const dayOfCycle = new RegExp(`^(?:${wordsForDay.join("|")})\\s*\\d{1,2}[\\s:,(–-]+(?=\\p{L})`, "u")
const numericDate = /\(?\d{1,4}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{2,4})?\)?/g

const dayOf = (token: string, { misspelled, spellings }: DayNames): Spelling | null => {
  const exact = spellings.get(token)
  if (exact) return { days: exact, spelling: token.length === 1 ? "initial" : "name" }
  if (token.length < 5) return null
  for (const [name, days] of misspelled) {
    if (name.length < 5) continue
    const allowed = name.length >= 7 ? 2 : 1
    if (isWithinEdits(name, token, allowed)) return { days, spelling: "repaired" }
  }
  return null
}

/**
 * Reads the days that a text names: one, a list (`Mon, Tue & Thu`), a range (`Monday to Friday`) or a named group.
 * null where the text does not begin with a day. Dates beside a day are dropped; what else is said is `rest`. Days are
 * looked for in all languages, or in `language` alone.
 */
export const findDays = (text: string, language?: Language): DayMention | null => {
  const names = (language && namesByLanguage.get(language)) ?? everyName
  const whole = fold(text)
  const folded = whole.slice(dayOfCycle.exec(whole)?.[0].length ?? 0)
  const group = groups.find(({ name }) => folded === name || folded.startsWith(`${name} `))
  if (group) {
    const days = Array.from({ length: group.last - group.first + 1 }, (_, i) => [group.first + i])
    return { days, rest: folded.slice(group.name.length).trim(), spelling: "name" }
  }
  const signs = /^[^\p{L}\d]+/u.exec(folded)?.[0].length ?? 0
  const tokens = [...folded.slice(signs).matchAll(/\p{L}+|\d+|[^\s\p{L}\d]/gu)].map(([token]) => token)
  const days: Array<ReadonlyArray<number>> = []
  let spelling: DayMention["spelling"] = "name"
  let at = 0
  let range = false
  for (; at < tokens.length; at++) {
    const token = tokens[at]!
    const found = dayOf(token, names)
    // A single letter after a full name is not a day: "Monday A".
    if (found && !(days.length > 0 && found.spelling === "initial" && spelling !== "initial")) {
      const [first, last] = [days.at(-1)?.[0], found.days[0]!]
      if (range && first !== undefined && last > first) {
        for (let day = first + 1; day < last; day++) days.push([day])
      }
      // A heading that was read twice is one.
      if (first === undefined || found.days.length > 1 || first !== last) days.push(found.days)
      if (found.spelling !== "name") spelling = found.spelling
      range = false
    } else if (days.length === 0) {
      return null
    } else if (dayEndings.has(token)) {
      range = false
    } else if (/^[-–—]$/.test(token) || rangeWords.has(token)) {
      range = true
    } else if (!/^[,/&+.;]$/.test(token) && !listWords.has(token)) {
      break
    }
  }
  if (days.length === 0) return null
  const rest = tokens.slice(at).join(" ").replace(monthOrDate, " ").replace(numericDate, " ")
  return { days, rest: rest.replace(/[\s.,:;()|-]+/g, " ").trim(), spelling }
}

/** Whether a text begins with words that may mean a day, 0 is Monday, in any language that is read. */
export const mayMeanDay = (text: string, day: number): boolean =>
  [undefined, ...languages].some((language) => findDays(text, language)?.days.some((meant) => meant.includes(day)))

/**
 * Chooses a day for each entry of an axis so that as many as possible follow the order of the week; initials such as
 * T, T and S, S are told apart that way. null for entries that fit nowhere.
 */
export const orderDays = (entries: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number | null> => {
  // Longest rising choice; entries are few, so quadratic is plenty.
  const best: Array<{ readonly length: number; readonly day: number; readonly before: number }> = []
  const ends: Array<number> = []
  entries.forEach((days, i) => {
    for (const day of days) {
      let [length, before] = [1, -1]
      best.forEach((node, k) => {
        if (ends[k]! < i && node.day < day && node.length + 1 > length) [length, before] = [node.length + 1, k]
      })
      best.push({ length, day, before })
      ends.push(i)
    }
  })
  const chosen: Array<number | null> = entries.map((days) => (days.length === 1 ? days[0]! : null))
  let at = best.reduce((top, node, k) => (top < 0 || node.length > best[top]!.length ? k : top), -1)
  for (; at >= 0; at = best[at]!.before) chosen[ends[at]!] = best[at]!.day
  return chosen
}
