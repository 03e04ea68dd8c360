import type { Page } from "../document/Page.ts"
import { type ExtractedMarker, weekdays } from "../extraction/Extraction.ts"
import { formatClock } from "./clocks.ts"
import { type Confidence, confidenceAlone, percent } from "./confidence.ts"
import type { Draft } from "./draft.ts"
import { evidenceOf, noEvidence } from "./evidence.ts"
import { fold, wordSet } from "./languages.ts"

const bellWords = wordSet((language) => language.bellWords)

/** Whether a draft is a moment: a bell, for which the page prints no end. */
export const isMarker = ({ start, end, name }: Draft): boolean =>
  start !== null &&
  (end === null || end.rule === "next-start") &&
  fold(name.value)
    .split(/[^\p{L}]+/u)
    .some((word) => bellWords.has(word))

/** A moment such as a bell, with the words that it was read from. */
export const markerOf = (
  draft: Draft,
  page: Page,
  { block }: Confidence = confidenceAlone({ draft: { ...draft, end: null }, page })
): ExtractedMarker => {
  return {
    dayOfWeek: draft.day ? weekdays[draft.day.value]! : null,
    time: formatClock(draft.start!.value),
    name: draft.name.value,
    page: page.pageNumber,
    confidence: percent(block),
    evidence: {
      name: evidenceOf(draft.name, page),
      day: draft.day ? evidenceOf(draft.day, page) : noEvidence,
      time: evidenceOf(draft.start!, page)
    }
  }
}
