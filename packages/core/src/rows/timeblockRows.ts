import type { TimeblockMetadata } from "../domain/Timeblock.ts"
import type { TimetableMarker, UnplacedTimeblock } from "../domain/Timetable.ts"
import type { ExtractedMarker, ExtractedTimeblock } from "../extraction/Extraction.ts"
import type { TimeblockContent } from "../repository/Timeblocks.ts"
import type { Cut } from "./cutting.ts"
import { hundredths, whereInteger } from "./numbers.ts"

/** A block that the table takes; `position` is its place in its timetable, `index` that in the result. */
export const timeblockContent = (
  block: ExtractedTimeblock,
  { cut, index, position }: { readonly cut: Cut; readonly index: number; readonly position: number }
): TimeblockContent => {
  const { color, dayOfWeek, endTime, name, notes, startTime } = block
  if (dayOfWeek === null || startTime === null || endTime === null)
    throw new TypeError("A row has a day and both times")
  return {
    name: cut(name, 255, "The name of a timeblock", index),
    dayOfWeek,
    startTime,
    endTime,
    notes,
    // The column has a colour of its own for whoever says none.
    ...(color !== null && { color }),
    position,
    metadata: detailsOf(block)
  }
}

/** A block that starts and has no end. */
export const markerOfBlock = (block: ExtractedTimeblock): TimetableMarker => {
  const { dayOfWeek, name, notes, startTime } = block
  if (startTime === null) throw new TypeError("A marker has a time")
  return { dayOfWeek, time: startTime, name, ...(notes !== null && { notes }), ...detailsOf(block) }
}

/** A moment that was read as one. */
export const markerRow = ({ confidence, dayOfWeek, name, page, time }: ExtractedMarker): TimetableMarker => ({
  dayOfWeek,
  time,
  name,
  page,
  confidence: hundredths(confidence)
})

/** A block that no row can hold. */
export const unplacedRow = (block: ExtractedTimeblock): UnplacedTimeblock => {
  const { dayOfWeek, endTime, name, notes, startTime } = block
  return { dayOfWeek, startTime, endTime, name, ...(notes !== null && { notes }), ...detailsOf(block) }
}

/** What is known of a block besides its columns, as far as it is. */
const detailsOf = ({
  confidence,
  page,
  period,
  room,
  subject,
  teacher,
  week
}: ExtractedTimeblock): TimeblockMetadata => ({
  ...(subject !== null && { subject }),
  ...(room !== null && { room }),
  ...(teacher !== null && { teacher }),
  ...whereInteger("period", period),
  ...(week !== null && { week }),
  page,
  confidence: hundredths(confidence)
})
