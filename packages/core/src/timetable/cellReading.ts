import { oncePer } from "../internal/oncePer.ts"
import type { Cell } from "../table/Table.ts"
import { type CellText, cellText, type Vocabulary } from "./cellText.ts"
import { type DayMention, findDays } from "./days.ts"
import { fold, wordSet } from "./languages.ts"
import { findPeriod } from "./periods.ts"
import { findTimes, type TimeMention, withoutTimes } from "./times.ts"

/** A cell with what its text may mean; what it does mean depends on its place in the table. */
export interface CellReading {
  readonly cell: Cell
  readonly text: CellText
  /** Days, where the text begins with one. */
  readonly days: DayMention | null
  /** Whether the text is a day and a time of it: `Monday 9:00 - 9:45`. */
  readonly isDayAndTime: boolean
  readonly times: ReadonlyArray<TimeMention>
  /** What is printed beside the times. */
  readonly label: string
  /** A period's number, where the text or the label beside a time is one. */
  readonly period: number | null
  /** Nothing is written, or only what holds a place, `-`, `***`, `x`, or says that there is no lesson. */
  readonly isBlank: boolean
}

const placeholder = /^(?:[^\p{L}\p{N}]*|x|n\/?a|nil|none)$/u
const noLessonWords = wordSet((language) => language.noLessonWords)
/** A header may say a little beside its day or time, such as a date or a session; a lesson says more. */
const labelLimit = 14

const readerWith = oncePer((vocabulary: Vocabulary) => oncePer((cell: Cell) => readAnew(cell, vocabulary)))

/** Reads a cell; once, for several rules ask about the same ones. */
export const readCell = (cell: Cell, vocabulary: Vocabulary): CellReading => readerWith(vocabulary)(cell)

const readAnew = (cell: Cell, vocabulary: Vocabulary): CellReading => {
  const text = cellText(cell.words, { widthPx: cell.box.width, heightPx: cell.box.height }, vocabulary)
  const times = findTimes(text.text)
  const label = withoutTimes(text.text, times)
  const beside = times.length === 1 ? findDays(label.replaceAll("\n", " ")) : null
  const isDayAndTime = beside?.rest === "" && beside.spelling !== "initial"
  return {
    cell,
    text,
    days: isDayAndTime ? beside : findDays(text.text),
    isDayAndTime,
    times,
    label,
    period: findPeriod(label) ?? findPeriod(label.split("\n")[0]!.split(" ")[0]!),
    isBlank: placeholder.test(fold(text.text)) || noLessonWords.has(fold(text.text))
  }
}

/** Whether the cell names days and nothing else of weight. */
export const isDayHeader = (reading: CellReading): boolean =>
  reading.days !== null &&
  (reading.times.length === 0 || reading.isDayAndTime) &&
  reading.days.rest.length <= labelLimit

/** Whether the cell holds one time or range, alone or with a period's number or a short label. */
export const isTimeHeader = (reading: CellReading): boolean =>
  reading.times.length > 0 && (isPureTime(reading) || reading.label.length <= labelLimit)

/** Whether the cell holds times alone, or with a period's number or a day. */
export const isPureTime = (reading: CellReading): boolean =>
  reading.times.length > 0 && (reading.label === "" || reading.isDayAndTime || findPeriod(reading.label) !== null)

/** Whether the cell is a period's number and nothing else. */
export const isPeriodHeader = (reading: CellReading): boolean =>
  reading.times.length === 0 && findPeriod(reading.label) !== null
