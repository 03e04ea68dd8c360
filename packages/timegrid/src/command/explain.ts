import {
  type EvidenceWord,
  type ExtractedMarker,
  type ExtractedTimeblock,
  type Extraction,
  type ExtractionRun,
  type FieldEvidence,
  printable
} from "@timegrid/core"
import type { StageRecord } from "@timegrid/core/pipeline"

/** The stages that a document went through, and which way its reading goes. */
export const explainRun = ({ extraction, report, route }: ExtractionRun): string => {
  const stages = report.stages.flatMap(({ composite, durationMs, notes, stage }) =>
    composite ? [] : `  ${stage}: ${durationMs.toFixed(1)} ms${notesOf(notes)}`
  )
  const way = `${route.decision} (${route.reason}), tier ${extraction.tier}, confidence ${extraction.confidence.toFixed(2)}`
  return `${[`Read in ${report.totalMs.toFixed(1)} ms: ${way}`, ...stages].join("\n")}\n\n`
}

const notesOf = ({ classification, confidence, ocrEngine, pageCount }: StageRecord["notes"]): string =>
  [
    classification,
    ocrEngine,
    pageCount === undefined ? undefined : `${pageCount} ${pageCount === 1 ? "page" : "pages"}`,
    confidence === undefined ? undefined : `confidence ${confidence.toFixed(2)}`
  ]
    .filter((part) => part !== undefined)
    .map((part) => `, ${part}`)
    .join("")

/** For each block and marker the words its fields were read from, where they stand, and by which rule. */
export const explain = ({ markers, timeblocks }: Extraction): string =>
  [
    ...timeblocks.map((block) => [blockTitle(block), ...evidenceLines(block.evidence)]),
    ...markers.map((marker) => [markerTitle(marker), ...evidenceLines(marker.evidence)])
  ]
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n")

const blockTitle = ({ confidence, dayOfWeek, endTime, name, startTime }: ExtractedTimeblock): string =>
  `${dayOfWeek ?? "no day"} ${startTime ?? "?"}–${endTime ?? "?"} ${printable(name)} (${confidence.toFixed(2)})`

const markerTitle = ({ confidence, dayOfWeek, name, time }: ExtractedMarker): string =>
  `${dayOfWeek ?? "no day"} ${time} ${printable(name)} (${confidence.toFixed(2)})`

const evidenceLines = (evidence: Readonly<Record<string, FieldEvidence>>): ReadonlyArray<string> =>
  Object.entries(evidence).flatMap(([field, { repaired, rule, words }]) => [
    `  ${field}: ${rule}${repaired ? ", repaired" : ""}`,
    ...words.map((word) => `    ${wordLine(word)}`)
  ])

const wordLine = ({ box, confidence, engine, page, text }: EvidenceWord): string => {
  const place = `page ${page} at ${Math.round(box.x)},${Math.round(box.y)}`
  const size = `${Math.round(box.width)} × ${Math.round(box.height)}`
  return `"${printable(text)}" ${place}, ${size}, ${engine} ${confidence.toFixed(2)}`
}
