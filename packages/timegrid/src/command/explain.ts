import {
  type EvidenceWord,
  type ExtractedMarker,
  type ExtractedTimeblock,
  type Extraction,
  type FieldEvidence,
  printable
} from "@timegrid/core"

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
