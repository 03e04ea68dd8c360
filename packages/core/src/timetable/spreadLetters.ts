import type { Placed } from "./grid.ts"
import { fold, wordSet } from "./languages.ts"

const oneLetter = /^\p{L}$/u
/** Shorter runs of single letters are codes or initials rather than a word written over the days. */
const shortestWord = 4

/**
 * Puts together a word whose letters stand one a day: B-R-E-A-K down a column or across a row is one lesson of all
 * those days. Days that the word leaves empty take part.
 */
export const spreadLetters = (cells: ReadonlyArray<Placed>): ReadonlyArray<Placed> => {
  const lines = [...Map.groupBy(cells, ({ from, to }) => `${Math.round(from)} ${Math.round(to)}`).values()]
  const spread = lines.filter(isSpread)
  // Where most lines are single letters, they are the names of lessons.
  if (spread.length === 0 || 2 * spread.length > lines.length) return cells
  return lines.flatMap((line) => (spread.includes(line) ? [together(line)] : line))
}

const letterOf = ({ lessons }: Placed): string | null => {
  const [lesson] = lessons
  return lessons.length === 1 && lesson && lesson.notes === null && oneLetter.test(lesson.name.value)
    ? lesson.name.value
    : null
}

const isSpread = (line: ReadonlyArray<Placed>): boolean => {
  const written = line.filter(({ lessons }) => lessons.length > 0)
  const letters = written.map(letterOf).filter((letter) => letter !== null)
  if (letters.length !== written.length || new Set(letters).size < 2) return false
  return letters.length >= shortestWord || (letters.length === shortestWord - 1 && breakSpelled(inOrder(line)) !== null)
}

const byDay = (line: ReadonlyArray<Placed>): ReadonlyArray<Placed> =>
  line.toSorted((a, b) => (a.days[0]?.value ?? 0) - (b.days[0]?.value ?? 0))

const inOrder = (line: ReadonlyArray<Placed>): ReadonlyArray<string | null> => byDay(line).map(letterOf)

const breakWords = wordSet((language) => language.breakWords)

/** The break that the letters spell, where one of them was not read: `L`, `U`, nothing, `C`, `H`. */
const breakSpelled = (letters: ReadonlyArray<string | null>): string | null => {
  if (!letters.includes(null)) return null
  const fits = [...breakWords].filter(
    (word) =>
      word.length === letters.length && [...word].every((c, i) => letters[i] === null || fold(letters[i]!) === c)
  )
  const [only] = fits
  return fits.length === 1 && only ? only.toUpperCase() : null
}

const together = (line: ReadonlyArray<Placed>): Placed => {
  const ordered = byDay(line)
  const written = ordered.filter(({ lessons }) => lessons.length > 0)
  const word = breakSpelled(inOrder(line)) ?? written.map(letterOf).join("")
  return {
    ...written[0]!,
    days: ordered.flatMap(({ days }) => days),
    lessons: [
      {
        name: { value: word, words: written.flatMap(({ lessons }) => lessons[0]!.name.words) },
        notes: null,
        teacher: null,
        room: null,
        time: null
      }
    ]
  }
}
