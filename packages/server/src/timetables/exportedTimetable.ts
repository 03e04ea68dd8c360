import type { ExtractedTimeblock, Extraction } from "@timegrid/core"
import type { FilledTimetable } from "@timegrid/core/repository"

/** A stored timetable in the form that exports take: what its rows do not say is null, and nothing is in doubt. */
export const exportedTimetable = ({ id, metadata, timeblocks, ...timetable }: FilledTimetable): Extraction => ({
  schemaVersion: 1,
  file: timetable.name,
  // Identifiers of events follow from it.
  documentHash: `sha256:${id.replaceAll("-", "").padEnd(64, "0")}`,
  documentType: "application/json",
  pages: [],
  metadata: {
    schoolName: metadata.schoolName ?? null,
    className: timetable.className ?? timetable.name,
    teacher: null,
    term: timetable.term,
    year: timetable.year
  },
  timeblocks: timeblocks.map((block) => exportedTimeblock(block, timetable.className)),
  markers: (metadata.markers ?? []).map(({ dayOfWeek, name, time }) => ({
    dayOfWeek,
    name,
    time,
    page: 1,
    confidence: sure,
    evidence: {}
  })),
  confidence: sure,
  tier: "native",
  warnings: [],
  timings: { classification: 0, preprocessing: 0, ocr: 0, interpretation: 0, validation: 0, total: 0 }
})

const sure = 100

const exportedTimeblock = (
  { color, dayOfWeek, endTime, metadata, name, notes, startTime }: FilledTimetable["timeblocks"][number],
  className: string | null
): ExtractedTimeblock => {
  const confidence = metadata.confidence ?? sure
  return {
    dayOfWeek,
    // Seconds, where somebody gave some, have no place in a timetable.
    startTime: startTime.slice(0, "HH:MM".length),
    endTime: endTime.slice(0, "HH:MM".length),
    name,
    notes,
    subject: metadata.subject ?? null,
    room: metadata.room ?? null,
    teacher: metadata.teacher ?? null,
    color,
    period: metadata.period ?? null,
    periodEnd: null,
    week: metadata.week ?? null,
    className,
    page: metadata.page ?? 1,
    confidence,
    fieldConfidence: { day: confidence, start: confidence, end: confidence, name: confidence },
    evidence: {}
  }
}
