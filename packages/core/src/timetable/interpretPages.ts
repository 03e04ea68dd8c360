import type { ReadBlock } from "../confidence/ReadBlock.ts"
import { suspicionWarnings } from "../confidence/suspicions.ts"
import type { Page } from "../document/Page.ts"
import { type ExtractedTimeblock, type Extraction, type ExtractionWarning, weekdays } from "../extraction/Extraction.ts"
import { vocabularyOf } from "./cellText.ts"
import { formatClock } from "./clocks.ts"
import { type Confidence, confidenceAlone, confidencesOf, percent } from "./confidence.ts"
import { broughtHome, type JoinedPages, joinContinued } from "./continuedTables.ts"
import type { Draft } from "./draft.ts"
import { evidenceOf, noEvidence } from "./evidence.ts"
import { type Metadata, metadataOf, noMetadata } from "./headings.ts"
import { isMarker, markerOf } from "./markers.ts"
import { overlapsIn } from "./overlaps.ts"
import { type PageReading, readPage } from "./pageReading.ts"
import { withPeriodKeys } from "./periodKey.ts"

/** What the reading engine makes of a document's pages. */
export type Interpretation = Pick<Extraction, "metadata" | "timeblocks" | "markers" | "confidence" | "warnings">

/** Reads the timetable off pages whose words are known; pure, the same pages give the same result. */
export const interpretPages = (pages: ReadonlyArray<Page>): Interpretation => {
  const { blocks: read, readings } = readAll(pages)
  const metadata = joinMetadata(readings.map((reading) => reading.metadata))
  const confidences = confidencesOf(read)
  const judged = read.map((block, i) => ({
    ...block,
    confidence: confidences.blocks[i]!,
    suspected: confidences.suspicions[i]!
  }))
  const markers = judged
    .filter(({ draft }) => isMarker(draft))
    .map(({ draft, page, confidence }) => markerOf(draft, page, confidence))
  const blocks = judged
    .filter(({ draft }) => !isMarker(draft))
    .map(({ confidence, draft, page, suspected }) => [timeblockOf(draft, page, null, confidence), suspected] as const)
  const timeblocks = inWeekOrder(blocks.map(([block]) => block))
  return {
    metadata: { ...metadata },
    timeblocks,
    markers,
    confidence: percent(confidences.document),
    warnings: [
      ...pages.flatMap(tooBusy),
      ...(timeblocks.length + markers.length === 0 ? [noTimetable] : overlapsIn(timeblocks)),
      ...suspicionWarnings(new Map(blocks), timeblocks)
    ]
  }
}

/** The blocks of a document as {@link interpretPages} finds them, moments without an end, and in the order of the pages. */
export const readBlocks = (pages: ReadonlyArray<Page>): ReadonlyArray<ReadBlock> => readAll(pages).blocks

interface ReadingOfPage extends PageReading {
  readonly page: Page
  readonly metadata: Metadata
}

interface DocumentReading {
  readonly readings: ReadonlyArray<ReadingOfPage>
  readonly blocks: ReadonlyArray<ReadBlock>
}

const readAll = (pages: ReadonlyArray<Page>): DocumentReading => {
  const vocabulary = vocabularyOf(pages.flatMap(({ words }) => words))
  const joined = joinContinued(pages, vocabulary)
  const read = joined.pages.map((page, i) => {
    const reading = readPage(page, vocabulary)
    return { page: pages[i]!, metadata: metadataOf(reading.statements), ...reading }
  })
  const readings = withPeriodKeys(read)
  return { readings, blocks: blocksOf(readings, joined.moved) }
}

/** The blocks of all pages; where pages are of several classes, each has that of its page. */
const blocksOf = (readings: ReadonlyArray<ReadingOfPage>, moved: JoinedPages["moved"]): ReadonlyArray<ReadBlock> => {
  const classes = classesOf(readings)
  return readings.flatMap((reading, i) =>
    unique(reading.drafts).map((draft) => {
      const className = draft.className ?? classes[i]!
      return broughtHome({ ...draft, className, end: isMarker(draft) ? null : draft.end }, reading.page, moved)
    })
  )
}

/** Said of a result without blocks and markers. */
export const noTimetable: ExtractionWarning = {
  code: "no_timetable",
  message: "No timetable was found in this document."
}

/** Said of a page with more writing than is read of one. */
const tooBusy = ({ pageNumber, unreadLines = 0 }: Page): ReadonlyArray<ExtractionWarning> =>
  unreadLines === 0
    ? []
    : [
        {
          code: "page_too_busy",
          message: `Page ${pageNumber} has more writing than any timetable; ${unreadLines} lines of it were not read.`
        }
      ]

/** The order of results: by page, day of the week, start; what has none comes last. */
export const inWeekOrder = (blocks: ReadonlyArray<ExtractedTimeblock>): Array<ExtractedTimeblock> =>
  blocks.toSorted(
    (a, b) => a.page - b.page || dayRank(a) - dayRank(b) || (a.startTime ?? "~").localeCompare(b.startTime ?? "~")
  )

const dayRank = ({ dayOfWeek }: ExtractedTimeblock): number => (dayOfWeek === null ? 7 : weekdays.indexOf(dayOfWeek))

/**
 * The class of each page where pages are of several: what their metadata says, or else what heads their only table where
 * all of them differ; null where there is one class at most.
 */
const classesOf = (readings: ReadonlyArray<ReadingOfPage>): ReadonlyArray<string | null> => {
  const stated = readings.map(({ drafts, metadata }) => (drafts.length === 0 ? null : metadata.className))
  if (new Set(stated.filter((name) => name !== null)).size > 1) return stated
  const headings = readings.flatMap(({ drafts, heading }) => (drafts.length === 0 ? [] : [heading]))
  const differ = headings.length > 1 && new Set(headings).size === headings.length && !headings.includes(null)
  return readings.map(({ heading }) => (differ ? heading : null))
}

/** The first page that knows a field speaks for the document. */
const joinMetadata = (all: ReadonlyArray<Metadata>): Metadata => {
  const first = <K extends keyof Metadata>(field: K): Metadata[K] =>
    all.find((metadata) => metadata[field] !== null)?.[field] ?? noMetadata[field]
  return {
    schoolName: first("schoolName"),
    className: first("className"),
    teacher: first("teacher"),
    term: first("term"),
    year: first("year")
  }
}

/** Groups that print exactly the same are one lesson. */
const unique = (drafts: ReadonlyArray<Draft>): ReadonlyArray<Draft> => [
  ...new Map(
    drafts.map((draft) => [
      JSON.stringify([
        draft.day?.value,
        draft.start?.value,
        draft.end?.value,
        draft.period,
        draft.name.value,
        draft.notes?.value,
        draft.className,
        draft.week
      ]),
      draft
    ])
  ).values()
]

/**
 * A draft as the result holds it; `className` is that of the page, where the draft has none. Without a `confidence` the
 * draft is taken for something else's than the reading engine's.
 */
export const timeblockOf = (
  draft: Draft,
  page: Page,
  className: string | null,
  confidence: Confidence = confidenceAlone({ draft, page })
): ExtractedTimeblock => {
  return {
    dayOfWeek: draft.day ? weekdays[draft.day.value]! : null,
    startTime: draft.start ? formatClock(draft.start.value) : null,
    endTime: draft.end ? formatClock(draft.end.value) : null,
    name: draft.name.value,
    notes: draft.notes?.value ?? null,
    subject: draft.subject,
    room: draft.room,
    teacher: draft.teacher,
    color: draft.color,
    period: draft.period,
    periodEnd: draft.periodEnd,
    week: draft.week,
    className: draft.className ?? className,
    page: page.pageNumber,
    confidence: percent(confidence.block),
    fieldConfidence: {
      day: percent(confidence.day),
      start: percent(confidence.start),
      end: percent(confidence.end),
      name: percent(confidence.name)
    },
    evidence: {
      name: evidenceOf(draft.name, page),
      day: draft.day ? evidenceOf(draft.day, page) : noEvidence,
      start: draft.start ? evidenceOf(draft.start, page) : noEvidence,
      end: draft.end ? evidenceOf(draft.end, page) : noEvidence,
      ...(draft.notes ? { notes: evidenceOf({ ...draft.notes, rule: "cell-text" }, page) } : {})
    }
  }
}
