import { formatClock } from "../timetable/clocks.ts"
import type { EvaluatedMiss } from "./EvaluationReport.ts"
import type { Miss } from "./score.ts"

/** A miss in words: day, times, name and notes of what was wanted and of what was read. */
export const describeMiss = ({ predicted, truth }: Miss): EvaluatedMiss => ({
  wanted: truth && line(truth.day, truth.start, truth.end, truth.name, truth.notes),
  got: predicted && line(predicted.day, clock(predicted.start), clock(predicted.end), predicted.name, predicted.notes),
  confidence: predicted?.confidence ?? null
})

const line = (
  day: string | null,
  start: string | null,
  end: string | null,
  name: string,
  notes: string | null | undefined
): string => `${day ?? "no day"} ${start ?? "?"}–${end ?? "?"} ${[name, notes].filter(Boolean).join(" ")}`

const clock = (minutes: number | null): string | null => (minutes === null ? null : formatClock(minutes))
