/** Answers of a model held against the pages: what they bear out becomes a result, the rest is listed. */
import type { Page, Word } from "../../document/Page.ts"
import type { ExtractedTimeblock, Extraction, ExtractionWarning } from "../../extraction/Extraction.ts"
import { inReadingOrder } from "../../table/readingOrder.ts"
import { type Vocabulary, vocabularyOf } from "../../timetable/cellText.ts"
import type { Draft } from "../../timetable/draft.ts"
import { statementsOf } from "../../timetable/headings.ts"
import { type Interpretation, inWeekOrder, noTimetable, timeblockOf } from "../../timetable/interpretPages.ts"
import { isMarker, markerOf } from "../../timetable/markers.ts"
import { overlapsIn } from "../../timetable/overlaps.ts"
import { readPage } from "../../timetable/pageReading.ts"
import type { LlmReading, RejectedTimeblock } from "../LlmReading.ts"
import type { LlmTimeblock, LlmTimetable } from "../LlmTimetable.ts"
import { compareWithOffline } from "./compareWithOffline.ts"
import { type GroundingPage, groundBlock, groundingPage, printedText } from "./groundBlock.ts"
import { looseSpots } from "./looseSpots.ts"
import { readSpots } from "./readSpots.ts"
import type { Place } from "./Spot.ts"
import { writingOf } from "./tokens.ts"

/** A page and what a model said of it. */
export interface PageAnswer {
  readonly page: Page
  readonly answer: LlmTimetable
}

/** What the pages bear out, and what not. */
export type GroundedAnswers = Pick<
  LlmReading,
  "metadata" | "timeblocks" | "markers" | "confidence" | "warnings" | "rejected" | "dropped"
>

/** @param offline What the reading engine makes of the same pages. */
export const groundAnswers = (answers: ReadonlyArray<PageAnswer>, offline: Interpretation): GroundedAnswers => {
  const vocabulary = vocabularyOf(answers.flatMap(({ page }) => page.words))
  const grounded = answers.map(({ answer, page }) => ({ page, ...groundPage(page, answer, vocabulary) }))
  const rejected = grounded.flatMap((each) => each.rejected)
  const blocks = grounded.flatMap(({ drafts, page }) =>
    drafts.filter((draft) => !isMarker(draft)).map((draft) => timeblockOf(draft, page, null))
  )
  const markers = grounded.flatMap(({ drafts, page }) => drafts.filter(isMarker).map((draft) => markerOf(draft, page)))
  const { confidence, dropped, timeblocks } = compareWithOffline(
    inWeekOrder(blocks),
    offline,
    rejected.filter(({ reason }) => reason !== "duplicate").length
  )
  return {
    metadata: groundMetadata(answers, offline.metadata),
    timeblocks,
    markers,
    confidence,
    warnings: [
      ...(timeblocks.length + markers.length === 0 ? [noTimetable] : overlapsIn(timeblocks)),
      ...warningsOf(rejected, dropped)
    ],
    rejected,
    dropped
  }
}

const groundPage = (
  page: Page,
  answer: LlmTimetable,
  vocabulary: Vocabulary
): { readonly drafts: ReadonlyArray<Draft>; readonly rejected: ReadonlyArray<RejectedTimeblock> } => {
  const grounding = groundingOf(page, vocabulary)
  const places = new Map(page.words.map((word, index) => [word, index]))
  /** The same words can be one lesson only once on a day at a time. */
  const keyOf = ({ className, day, start, week }: Place, words: ReadonlyArray<Word>): string =>
    JSON.stringify([day?.value, start?.value, className, week, words.map((word) => places.get(word))])
  const drafts = new Map<string, Draft>()
  const rejected: Array<RejectedTimeblock> = []
  for (const block of answer.timeblocks) {
    const found = groundBlock(block, grounding, (place, words) => drafts.has(keyOf(place, words)))
    if (typeof found === "string") rejected.push({ page: page.pageNumber, block, reason: found })
    else drafts.set(keyOf(found.place, found.draft.name.words), found.draft)
  }
  return { drafts: [...drafts.values()], rejected }
}

const groundingOf = (page: Page, vocabulary: Vocabulary): GroundingPage => {
  const statements = statementsOf(page.words)
  const { spots, taken } = readSpots(page, readPage(page, vocabulary).drafts, statements)
  const loose = statements.filter(({ words }) => !words.some((word) => taken.has(word)))
  return groundingPage(page.pageNumber, [...spots, ...looseSpots(loose, vocabulary)], inReadingOrder(page.words))
}

/** What is printed of the answers' metadata, the first page that says it; else what the offline reading found. */
const groundMetadata = (
  answers: ReadonlyArray<PageAnswer>,
  offline: Extraction["metadata"]
): Extraction["metadata"] => {
  const pages = answers.map(({ answer, page }) => ({
    said: answer.metadata,
    writing: writingOf(inReadingOrder(page.words))
  }))
  const first = (field: "schoolName" | "className" | "teacher" | "term"): string | null =>
    pages.map(({ said, writing }) => printedText(said[field], writing)).find((value) => value !== null) ??
    offline[field]
  const year = pages.map(({ said, writing }) => printedText(said.year === null ? null : String(said.year), writing))
  return {
    schoolName: first("schoolName"),
    className: first("className"),
    teacher: first("teacher"),
    term: first("term"),
    year: Number(year.find((value) => value !== null)) || offline.year
  }
}

/** More than this a reader does not need to be told one by one: the lists are complete. */
const mostWarnings = 100

const warningsOf = (
  rejected: ReadonlyArray<RejectedTimeblock>,
  dropped: ReadonlyArray<ExtractedTimeblock>
): ReadonlyArray<ExtractionWarning> => [
  ...rejected.slice(0, mostWarnings).map(({ block, page, reason }) => ({
    code: "ungrounded",
    message: `The model's ${titleOf(block)} was left out: ${sentences[reason]} on page ${page}.`
  })),
  ...dropped.slice(0, mostWarnings).map((block) => ({
    code: "dropped_by_model",
    message: `${titleOf(block)} was read on page ${block.page}, but the model left it out.`
  }))
]

const sentences: Readonly<Record<RejectedTimeblock["reason"], string>> = {
  name_not_printed: "its name is not printed",
  time_not_printed: "its times are not printed",
  out_of_place: "it is not printed where that day and time are",
  without_place: "it has neither day nor time",
  duplicate: "it was said twice"
}

const titleOf = ({ dayOfWeek, name, startTime }: LlmTimeblock): string =>
  [
    `“${name.slice(0, longestName)}”`,
    ...(dayOfWeek === null ? [] : [`on ${dayOfWeek}`]),
    ...(startTime === null ? [] : [`at ${startTime}`])
  ].join(" ")

/** A name that a model makes up can be as long as it likes. */
const longestName = 100
