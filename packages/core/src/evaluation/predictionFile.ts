import * as z from "zod"
import { Extraction, weekdays } from "../extraction/Extraction.ts"
import { minutesOf, type PredictedBlock, type Prediction, predictionOf, saysSomething } from "./Prediction.ts"

const text = z.string().nullish()

/** A block in the words of an extraction or in those of a truth. */
const LooseBlock = z.looseObject({
  dayOfWeek: text,
  day: text,
  startTime: text,
  start: text,
  time: text,
  endTime: text,
  end: text,
  period: z.number().nullish(),
  name: text,
  notes: text,
  confidence: z.number().min(0).max(100).nullish()
})

const LooseBlocks = z.array(LooseBlock).nullish()
const LooseTimetable = z.looseObject({ timeblocks: LooseBlocks, markers: LooseBlocks })
const LooseDocument = LooseTimetable.extend({
  confidence: z.number().min(0).max(100).nullish(),
  timetable: LooseTimetable.nullish(),
  blocks: LooseBlocks
})

/** What any reader of timetables may write: one document, or a list whose first entry is it. */
const LoosePrediction = z.union([z.tuple([LooseDocument], LooseDocument), LooseDocument])

/** What a file of predictions holds. */
export interface ReadPrediction {
  readonly prediction: Prediction
  /** The whole result where the file is one of ours, else null. */
  readonly extraction: Extraction | null
}

/**
 * Takes an {@link Extraction}, or what another reader wrote: blocks below `timeblocks`, `timetable.timeblocks` or
 * `blocks`, in the words of an extraction or of a truth. Throws a `ZodError` where it is neither.
 */
export const decodePrediction = (json: unknown): ReadPrediction => {
  const extraction = Extraction.safeParse(json)
  if (extraction.success) return { prediction: predictionOf(extraction.data), extraction: extraction.data }
  const loose = LoosePrediction.parse(json)
  const document = Array.isArray(loose) ? loose[0] : loose
  const timeblocks = document.timeblocks ?? document.timetable?.timeblocks ?? document.blocks ?? []
  const markers = document.markers ?? document.timetable?.markers ?? []
  const blocks = [...timeblocks, ...markers].map(predictedBlock).filter(saysSomething)
  return { prediction: { confidence: document.confidence ?? null, blocks }, extraction: null }
}

const predictedBlock = (block: z.output<typeof LooseBlock>): PredictedBlock => ({
  day: weekdays.find((day) => day === (block.dayOfWeek ?? block.day)) ?? null,
  start: minutesOf(block.startTime ?? block.start ?? block.time),
  end: minutesOf(block.endTime ?? block.end),
  period: block.period ?? null,
  name: block.name ?? "",
  notes: block.notes ?? "",
  confidence: block.confidence ?? null
})
