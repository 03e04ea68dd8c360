import type { ReadBlock } from "../confidence/ReadBlock.ts"
import type { Page } from "../document/Page.ts"
import { type ExtractedTimeblock, type Extraction, type ExtractionWarning, weekdays } from "../extraction/Extraction.ts"
import { vocabularyOf } from "./cellText.ts"
import { formatClock } from "./clocks.ts"
import { type Confidence, confidenceAlone, confidencesOf, percent } from "./confidence.ts"
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
  const readings = readingsOf(pages)
  const metadata = joinMetadata(readings.map((reading) => reading.metadata))
  const classes = new Set(readings.map(classOf).filter((name) => name !== null))
  const read = readings.flatMap((reading) => blocksOf(reading).map((block) => ({ ...block, reading })))
  const confidences = confidencesOf(read)
  const judged = read.map((block, i) => ({ ...block, confidence: confidences.blocks[i]! }))
  const markers = judged
    .filter(({ draft }) => isMarker(draft))
    .map(({ draft, page, confidence }) => markerOf(draft, page, confidence))
  const blocks = judged
    .filter(({ draft }) => !isMarker(draft))
    .map(({ confidence, draft, page, reading }) =>
      timeblockOf(draft, page, classes.size > 1 ? classOf(reading) : null, confidence)
    )
  const timeblocks = inWeekOrder(blocks)
  return {
    metadata: { ...metadata },
    timeblocks,
    markers,
    confidence: percent(confidences.document),
    warnings: [
      ...pages.flatMap(tooBusy),
      ...(timeblocks.length + markers.length === 0 ? [noTimetable] : overlapsIn(timeblocks))
    ]
  }
}

/** The blocks of a document as {@link interpretPages} finds them, moments without an end, and in the order of the pages. */
export const readBlocks = (pages: ReadonlyArray<Page>): ReadonlyArray<ReadBlock> => readingsOf(pages).flatMap(blocksOf)

interface ReadingOfPage extends PageReading {
  readonly page: Page
  readonly metadata: Metadata
}

const readingsOf = (pages: ReadonlyArray<Page>): ReadonlyArray<ReadingOfPage> => {
  const vocabulary = vocabularyOf(pages.flatMap(({ words }) => words))
  const readings = pages.map((page) => {
    const reading = readPage(page, vocabulary)
    return { page, metadata: metadataOf(reading.statements), ...reading }
  })
  return withPeriodKeys(readings)
}

const blocksOf = ({ drafts, page }: ReadingOfPage): ReadonlyArray<ReadBlock> =>
  unique(drafts).map((draft) => ({ draft: isMarker(draft) ? { ...draft, end: null } : draft, page }))

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

const classOf = ({ drafts, metadata }: ReadingOfPage): string | null =>
  drafts.length === 0 ? null : metadata.className

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
