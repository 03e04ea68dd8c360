import type { Extraction, Weekday } from "../extraction/Extraction.ts"

/** One block as it was read, in minutes from midnight. */
export interface PredictedBlock {
  readonly day: Weekday | "Any" | null
  readonly start: number | null
  readonly end: number | null
  readonly period: number | null
  readonly name: string
  readonly notes: string
  /** 0 to 100, or null where the reader gives none. */
  readonly confidence: number | null
}

/** What was read from one document. */
export interface Prediction {
  /** 0 to 100, or null where the reader gives none. */
  readonly confidence: number | null
  readonly blocks: ReadonlyArray<PredictedBlock>
}

/** Minutes from midnight of "9:05" or "09.05"; null where the text begins otherwise. */
export const minutesOf = (clock: string | null | undefined): number | null => {
  const match = /^(\d{1,2})[:.](\d{2})/.exec(clock ?? "")
  return match ? Number(match[1]) * 60 + Number(match[2]) : null
}

/** An extraction as it is scored: markers count as blocks without an end, and blocks without a letter or digit not at all. */
export const predictionOf = (extraction: Pick<Extraction, "confidence" | "timeblocks" | "markers">): Prediction => {
  const timeblocks = extraction.timeblocks.map((block) => ({
    day: block.dayOfWeek,
    start: minutesOf(block.startTime),
    end: minutesOf(block.endTime),
    period: block.period,
    name: block.name,
    notes: block.notes ?? "",
    confidence: block.confidence
  }))
  const markers = extraction.markers.map((marker) => ({
    day: marker.dayOfWeek,
    start: minutesOf(marker.time),
    end: null,
    period: null,
    name: marker.name,
    notes: "",
    confidence: marker.confidence
  }))
  return { confidence: extraction.confidence, blocks: [...timeblocks, ...markers].filter(saysSomething) }
}

/** Whether a block holds a letter or a digit. */
export const saysSomething = ({ name, notes }: PredictedBlock): boolean => /[\p{L}\p{N}]/u.test(name + notes)

/** What counts for a document that was not read at all. */
export const noPrediction: Prediction = { confidence: null, blocks: [] }
