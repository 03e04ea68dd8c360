import type { ExtractedTimeblock, ExtractionWarning } from "../extraction/Extraction.ts"
import { findDays } from "../timetable/days.ts"
import { fold, namesBreak } from "../timetable/languages.ts"
import { findTimes } from "../timetable/times.ts"
import type { JudgedPart } from "./Calibration.ts"
import type { ReadBlock } from "./ReadBlock.ts"

interface SuspicionMeaning {
  /** The part that may be wrong. */
  readonly part: JudgedPart
  /** A block is no safer than this, 0 to 1, however well its words were read. */
  readonly most: number
  /** The warning that a reader is given. */
  readonly warning: Pick<ExtractionWarning, "code" | "message">
}

/**
 * What tells that a table may not have been understood, by name. How often such blocks are right was not measured, for
 * the words and rules that were are those of tables that are understood; so each keeps its blocks from being accepted.
 */
export const suspicions = {
  unknownDays: {
    part: "day",
    most: 0.7,
    warning: {
      code: "unknown_days",
      message: "Columns or rows are headed by what may be days, such as those of a cycle, that are none of a week."
    }
  },
  dayLeftOut: {
    part: "day",
    most: 0.7,
    warning: { code: "day_left_out", message: "Some blocks have no day although others of this document have one." }
  },
  daysInDisorder: {
    part: "day",
    most: 0.6,
    warning: {
      code: "days_in_disorder",
      message: "The days along a table do not follow each other as those of a week."
    }
  },
  writingLeftOut: {
    part: "day",
    most: 0.8,
    warning: { code: "writing_left_out", message: "A table has writing beside its times that stands under no day." }
  },
  twoTimes: {
    part: "start",
    most: 0.7,
    warning: {
      code: "two_times",
      message: "A table gives its rows or columns two different times, and nothing tells for which days each holds."
    }
  },
  headerAsLesson: {
    part: "block",
    most: 0.8,
    warning: {
      code: "header_as_lesson",
      message: "Some blocks are named by a day or a time, as headers of a table are: it may have been cut wrongly."
    }
  },
  noTimes: {
    part: "start",
    most: 0.9,
    warning: { code: "no_times", message: "Some blocks have neither a time nor the number of a period." }
  },
  rowsAside: {
    part: "start",
    most: 0.8,
    warning: {
      code: "rows_aside",
      message: "Much stands between the times of a table rather than beside them: its rows may have been cut wrongly."
    }
  },
  onlyBreaks: {
    part: "block",
    most: 0.5,
    warning: {
      code: "only_breaks",
      message: "There are breaks and no lessons: this may be a form that nobody filled in."
    }
  },
  claimedTwice: {
    part: "block",
    most: 0.8,
    warning: { code: "claimed_twice", message: "Several tables claim the same times, and nothing tells them apart." }
  }
} as const satisfies Readonly<Record<string, SuspicionMeaning>>

/** One of {@link suspicions}. */
export type Suspicion = keyof typeof suspicions

/** What is suspected of each of the blocks of one document: what its table told, and how the blocks go together. */
export const suspicionsOf = (blocks: ReadonlyArray<ReadBlock>): ReadonlyArray<ReadonlyArray<Suspicion>> => {
  const hasDays = blocks.some(({ draft }) => draft.day !== null)
  const onlyBreaks = blocks.every(({ draft }) => namesBreak(draft.name.value))
  const [claimedTwice, rowsAside] = [claimedByTwo(blocks), besideNoTimes(blocks)]
  const headed = new Set(blocks.filter(isNamedAsHeader).map(pageOf))
  // Where periods are numbered and have no times, neither have the breaks between them.
  const countsPeriods =
    blocks.some(({ draft }) => draft.period !== null) && blocks.every(({ draft }) => draft.start === null)
  return blocks.map((block) => {
    const { day, period, start, suspicions: ofTable } = block.draft
    const found: Readonly<Partial<Record<Suspicion, boolean>>> = {
      dayLeftOut: hasDays && day === null,
      noTimes: start === null && period === null && !countsPeriods,
      rowsAside: rowsAside.has(block),
      onlyBreaks,
      headerAsLesson: headed.has(pageOf(block)),
      claimedTwice: claimedTwice.has(block)
    }
    // Object.keys forgets the names.
    const own = (Object.keys(found) as ReadonlyArray<Suspicion>).filter((name) => found[name])
    return [...new Set([...ofTable, ...own])]
  })
}

/** Whether a name is a day and nothing else, or holds a time. */
const isNamedAsHeader = ({ draft: { name } }: ReadBlock): boolean => {
  const day = findDays(name.value)
  return (day?.spelling === "name" && day.rest === "") || findTimes(name.value).some(({ start }) => !start.bare)
}

/** More lessons between the times than this share are none that a school put there. */
const fewAside = 0.1

/** The blocks of pages whose lessons stand between the times of their table too often. */
const besideNoTimes = (blocks: ReadonlyArray<ReadBlock>): ReadonlySet<ReadBlock> => {
  const lessons = blocks.filter(({ draft }) => !namesBreak(draft.name.value))
  const suspects = [...Map.groupBy(lessons, pageOf).values()].filter((page) => {
    const timed = page.filter(({ draft }) => draft.start !== null)
    const aside = page.filter(({ draft: { period, start } }) => (start ? start.rule === between : period === null))
    return timed.length > 0 && aside.length > fewAside * page.length
  })
  return new Set(suspects.flat())
}

/** The rule that gives what stands between two times the time between them. */
const between = "between-neighbours"

/** So large a share of the blocks of one page has times of another page's when both are weeks of their own. */
const sameWeek = 0.5

/**
 * The blocks of pages most of whose times another page has too, of the same class and week; a page that is the copy of
 * another says nothing else.
 */
const claimedByTwo = (blocks: ReadonlyArray<ReadBlock>): ReadonlySet<ReadBlock> => {
  const timed = blocks.filter(({ draft }) => draft.start !== null)
  const byTime = Map.groupBy(timed, timeOf)
  const isShared = (block: ReadBlock): boolean =>
    byTime.get(timeOf(block))!.some((other) => pageOf(other) !== pageOf(block))
  const isDisputed = (block: ReadBlock): boolean =>
    byTime.get(timeOf(block))!.some((other) => pageOf(other) !== pageOf(block) && nameOf(other) !== nameOf(block))
  const suspects = [...Map.groupBy(timed, pageOf).values()].filter(
    (page) => page.filter(isShared).length >= sameWeek * page.length && page.some(isDisputed)
  )
  return new Set(suspects.flat())
}

const pageOf = ({ page }: ReadBlock): number => page.pageNumber

const nameOf = ({ draft }: ReadBlock): string => fold(draft.name.value)

const timeOf = ({ draft: { className, day, start, week } }: ReadBlock): string =>
  JSON.stringify([day?.value, start?.value, className, week])

/** A warning for each suspicion, with the blocks that it is of. */
export const suspicionWarnings = (
  suspected: ReadonlyMap<ExtractedTimeblock, ReadonlyArray<Suspicion>>,
  timeblocks: ReadonlyArray<ExtractedTimeblock>
): ReadonlyArray<ExtractionWarning> =>
  // Object.keys forgets the names.
  (Object.keys(suspicions) as ReadonlyArray<Suspicion>).flatMap((name) => {
    const indices = [...timeblocks.keys()].filter((i) => suspected.get(timeblocks[i]!)?.includes(name))
    return indices.length === 0 ? [] : [{ ...suspicions[name].warning, timeblocks: indices }]
  })
