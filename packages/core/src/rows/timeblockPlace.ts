import { secondsOf, timeblockSeconds } from "../domain/timeSpan.ts"
import type { ExtractedTimeblock } from "../extraction/Extraction.ts"

/**
 * Where a block that was read goes: `row`, as the table `timeblocks` takes it; `marker`, since it starts and has no end;
 * `unplaced`, since it is too short, too long, or ends on another day; `nowhere` in the week, since the page names no
 * weekday or no start for it.
 */
export const placeOf = ({
  dayOfWeek,
  endTime,
  startTime
}: Pick<ExtractedTimeblock, "dayOfWeek" | "startTime" | "endTime">): "row" | "marker" | "unplaced" | "nowhere" => {
  if (dayOfWeek === null || startTime === null) return "nowhere"
  if (endTime === null) return "marker"
  const seconds = secondsOf(endTime) - secondsOf(startTime)
  return seconds >= timeblockSeconds.min && seconds <= timeblockSeconds.max ? "row" : "unplaced"
}
