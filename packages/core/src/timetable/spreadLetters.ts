import { breakWords, fold } from "./languages.ts"
import type { Placed } from "./placed.ts"

const oneLetter = /^\p{L}$/u
/** Shorter runs of single letters are codes or initials rather than a word written over the days. */
const shortestWord = 4
/** A cell that holds so many letters in one word holds no letter of a word written over the days. */
const wholeWord = 4
/** So many letters of a break's name must be read before the others are known. */
const spelledShare = 0.6

/**
 * Puts together a word whose letters stand one a day: B-R-E-A-K down a column or across a row is one lesson of all
 * those days. Days that the word leaves empty take part, and letters that were not read where they spell a break.
 */
export const spreadLetters = (cells: ReadonlyArray<Placed>): ReadonlyArray<Placed> => {
  const lines = [...Map.groupBy(cells, ({ from, to }) => `${Math.round(from)} ${Math.round(to)}`).values()].map(byDay)
  const spread = new Map(
    lines.flatMap((line) => {
      const word = wordOf(line)
      return word ? [[line, word] as const] : []
    })
  )
  // Where most lines are single letters, they are the names of lessons.
  if (spread.size === 0 || 2 * spread.size > lines.length) return cells
  return lines.flatMap((line) => {
    const word = spread.get(line)
    return word ? [together(line, word)] : line
  })
}

const byDay = (line: ReadonlyArray<Placed>): ReadonlyArray<Placed> =>
  line.toSorted((a, b) => (a.days[0]?.value ?? 0) - (b.days[0]?.value ?? 0))

interface SpreadWord {
  readonly value: string
  readonly repaired: boolean
}

/** What a cell adds to a word: the signs read in it, of which one is its letter; null where it is no part of one. */
const partOf = ({ lessons }: Placed): string | null => {
  const [lesson, another] = lessons
  if (!lesson) return ""
  if (another || lesson.notes !== null || lesson.time) return null
  const signs = lesson.name.value.replace(/[^\p{L}\p{N}\s]/gu, " ").trim()
  return signs.split(/\s+/).some((token) => token.length >= wholeWord) ? null : signs
}

const wordOf = (line: ReadonlyArray<Placed>): SpreadWord | null => {
  const parts = line.map(partOf)
  if (parts.includes(null)) return null
  const signs = parts.map((part) => part ?? "")
  const letters = signs.filter((part) => oneLetter.test(part))
  if (new Set(letters).size < 2) return null
  const written = line.filter(({ lessons }) => lessons.length > 0).length
  const spelled = letters.join("")
  if (letters.length === line.length && breakWords.has(fold(spelled))) return { value: spelled, repaired: false }
  const repaired = breakSpelled(signs, letters)
  if (repaired) return { value: repaired, repaired: true }
  return letters.length === written && letters.length >= shortestWord ? { value: spelled, repaired: false } : null
}

/** The one break whose letters stand where they were read: `L`, `U`, nothing, `C`, `H`. */
const breakSpelled = (signs: ReadonlyArray<string>, letters: ReadonlyArray<string>): string | null => {
  const fits = [...breakWords].filter((word) => {
    if (word.length !== signs.length) return false
    const read = signs.filter((part, i) => oneLetter.test(part) && fold(part) === word[i]).length
    const among = signs.filter((part, i) => fold(part).includes(word[i]!)).length
    return read >= shortestWord - 2 && among >= Math.max(shortestWord - 1, spelledShare * word.length)
  })
  const [only] = fits
  if (fits.length !== 1 || !only) return null
  const small = letters.filter((letter) => letter !== letter.toUpperCase()).length
  if (2 * small < letters.length) return only.toUpperCase()
  const first = signs[0]!
  return first !== first.toLowerCase() ? only[0]!.toUpperCase() + only.slice(1) : only
}

const together = (line: ReadonlyArray<Placed>, { value, repaired }: SpreadWord): Placed => {
  const written = line.filter(({ lessons }) => lessons.length > 0)
  const words = written.flatMap(({ lessons }) => lessons[0]!.name.words)
  return {
    ...written[0]!,
    days: line.flatMap(({ days }) => days),
    lessons: [
      {
        name: { value, words },
        notes: null,
        teacher: null,
        room: null,
        time: null,
        putRight: null,
        week: null,
        repaired
      }
    ]
  }
}
