import { breakWords, fold } from "./languages.ts"
import type { Placed } from "./placed.ts"

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

/** What a cell adds to a word: its letter; null where nothing or a sign that is no letter was read; else no part. */
const partOf = ({ lessons }: Placed): string | null | undefined => {
  const [lesson, another] = lessons
  if (!lesson) return null
  const signs = lesson.name.value.replace(/[^\p{L}\p{N}]/gu, "")
  if (another || lesson.notes !== null || [...signs].length > 1) return undefined
  return oneLetter.test(signs) ? signs : null
}

const isSpread = (line: ReadonlyArray<Placed>): boolean => {
  const parts = byDay(line).map(partOf)
  if (parts.includes(undefined)) return false
  const letters = parts.filter((part) => typeof part === "string")
  const unread = line.filter((cell) => cell.lessons.length > 0 && partOf(cell) === null).length
  if (new Set(letters).size < 2) return false
  return (
    (letters.length >= shortestWord && unread === 0) ||
    (letters.length >= shortestWord - 1 && breakSpelled(line) !== null)
  )
}

const byDay = (line: ReadonlyArray<Placed>): ReadonlyArray<Placed> =>
  line.toSorted((a, b) => (a.days[0]?.value ?? 0) - (b.days[0]?.value ?? 0))

/** The break that the letters spell, where one of them was not read: `L`, `U`, nothing, `C`, `H`. */
const breakSpelled = (line: ReadonlyArray<Placed>): string | null => {
  const parts = byDay(line).map(partOf)
  if (!parts.includes(null)) return null
  const fits = [...breakWords].filter(
    (word) => word.length === parts.length && [...word].every((c, i) => parts[i] === null || fold(parts[i] ?? "") === c)
  )
  const [only] = fits
  return fits.length === 1 && only ? only.toUpperCase() : null
}

const together = (line: ReadonlyArray<Placed>): Placed => {
  const ordered = byDay(line)
  const written = ordered.filter(({ lessons }) => lessons.length > 0)
  const repaired = breakSpelled(line)
  const value = repaired ?? written.map(partOf).join("")
  const words = written.flatMap(({ lessons }) => lessons[0]!.name.words)
  return {
    ...written[0]!,
    days: ordered.flatMap(({ days }) => days),
    lessons: [
      { name: { value, words }, notes: null, teacher: null, room: null, time: null, repaired: repaired !== null }
    ]
  }
}
