/** Made weeks as pages, with what they print. */
import fc from "fast-check"
import type { Page, Word } from "../../src/document/Page.ts"
import { weekdays } from "../../src/domain/Weekday.ts"
import type { LlmTimeblock } from "../../src/llm/LlmTimetable.ts"
import { blankPage, pageWith, wordsAt } from "../support/pages.ts"

/** A page and the blocks that it prints. */
export interface MadeWeek {
  readonly page: Page
  readonly blocks: ReadonlyArray<LlmTimeblock>
}

/** A block with no more than it needs. */
export const blockOf = (
  dayOfWeek: LlmTimeblock["dayOfWeek"],
  startTime: string | null,
  endTime: string | null,
  name: string,
  notes: string | null = null
): LlmTimeblock => ({
  dayOfWeek,
  startTime,
  endTime,
  name,
  notes,
  subject: null,
  room: null,
  teacher: null,
  week: null,
  className: null
})

const subjects = ["Maths", "Art", "Music", "French", "History", "Drama Club", "Physical Education", "Geography"]
const teachers = ["Mr Oduya", "Ms Lind", "Dr Ferrara"]

const clock = (minutes: number, separator: string): string =>
  `${Math.floor(minutes / 60)}${separator}${String(minutes % 60).padStart(2, "0")}`
const padded = (minutes: number): string => clock(minutes, ":").padStart(5, "0")

const choices = fc
  .record({
    dayCount: fc.integer({ min: 2, max: 5 }),
    lengths: fc.array(fc.constantFrom(30, 45, 60), { minLength: 2, maxLength: 4 }),
    start: fc.constantFrom(510, 525, 540),
    separator: fc.constantFrom(":", "."),
    cells: fc.array(fc.tuple(fc.nat(subjects.length - 1), fc.option(fc.constantFrom(...teachers))), {
      minLength: 20,
      maxLength: 20
    })
  })
  .map(({ cells, dayCount, lengths, separator, start }) => {
    const days = weekdays.slice(0, dayCount)
    const slots = lengths.map((length, index) => {
      const from = lengths.slice(0, index).reduce<number>((sum, each) => sum + each, start)
      return { from, to: from + length, text: `${clock(from, separator)} - ${clock(from + length, separator)}` }
    })
    const at = (day: number, slot: number) => {
      const [subject, teacher] = cells[day * slots.length + slot]!
      return { name: subjects[subject]!, teacher }
    }
    const blocks = days.flatMap((day, d) =>
      slots.map(({ from, to }, s) => {
        const { name, teacher } = at(d, s)
        return blockOf(day, padded(from), padded(to), name, teacher)
      })
    )
    return { days, slots, at, blocks }
  })

/** Ruled weeks, days across and times down or the other way about. */
export const drawnWeeks: fc.Arbitrary<MadeWeek> = fc.tuple(choices, fc.boolean()).map(([week, daysAcross]) => {
  const { at, blocks, days, slots } = week
  const textAt = (day: number, slot: number) => {
    const { name, teacher } = at(day, slot)
    return teacher === null ? name : `${name}\n${teacher}`
  }
  const rows = daysAcross
    ? [["", ...days], ...slots.map(({ text }, s) => [text, ...days.map((_, d) => textAt(d, s))])]
    : [["", ...slots.map(({ text }) => text)], ...days.map((day, d) => [day, ...slots.map((_, s) => textAt(d, s))])]
  return { page: pageWith(rows, "Timetable", { columnWidth: 320 }), blocks }
})

/** Weeks written as lines under headings of days, without tables. */
export const writtenWeeks: fc.Arbitrary<MadeWeek> = choices.map(({ at, blocks, days, slots }) => {
  const lines = days.flatMap((day, d) => [
    day,
    ...slots.map(({ text }, s) => {
      const { name, teacher } = at(d, s)
      return teacher === null ? `${text} ${name}` : `${text} ${name} ${teacher}`
    })
  ])
  const words: ReadonlyArray<Word> = lines.flatMap((line, index) => wordsAt(line, 60, 60 + 40 * index))
  return { page: { ...blankPage, heightPx: 60 + 40 * lines.length, words }, blocks }
})

/** The same words as OCR would have them. */
export const asRead = (page: Page): Page => ({
  ...page,
  words: page.words.map((word) => ({ ...word, source: "ocr", engine: "made-ocr", confidence: 0.9 }))
})
