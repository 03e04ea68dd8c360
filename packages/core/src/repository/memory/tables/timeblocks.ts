import { secondsOf, timeblockSeconds } from "../../../domain/timeSpan.ts"
import type { Row } from "../../EntityTable.ts"
import type { MemoryTable } from "../MemoryTable.ts"
import { newTouchedRow, touched } from "./columns.ts"

const lasts = ({ end_time, start_time }: Row) => secondsOf(String(end_time)) - secondsOf(String(start_time))

export const timeblocks: MemoryTable = {
  name: "timeblocks",
  key: ["id"],
  defaults: newTouchedRow,
  touched,
  derived: (row) => ({ duration: Math.round(lasts(row) / 60) }),
  checks: [
    { constraint: "check_start_before_end", holds: (row) => lasts(row) > 0 },
    {
      constraint: "check_valid_duration",
      holds: (row) => lasts(row) >= timeblockSeconds.min && lasts(row) <= timeblockSeconds.max
    }
  ],
  references: [
    { constraint: "timeblocks_timetable_id_fkey", column: "timetable_id", table: "timetables", onRemove: "remove" }
  ]
}
