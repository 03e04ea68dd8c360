import type * as z from "zod"
import { column, nullable, publicSchema, rowCodec, rowSchema, timestamp } from "../../domain/columns.ts"
import { TimetableStatus } from "../../domain/Timetable.ts"
import { text } from "../../domain/text.ts"
import { Count, Email, Integer, Uuid } from "../../domain/values.ts"

const columns = {
  id: column(Uuid),
  name: column(text()),
  className: nullable(column(text())),
  term: nullable(column(text())),
  year: column(Integer),
  status: column(TimetableStatus),
  createdAt: nullable(timestamp),
  updatedAt: nullable(timestamp),
  userId: column(Uuid),
  email: column(Email),
  firstName: column(text()),
  lastName: column(text()),
  timeblockCount: column(Count),
  documentCount: column(Count)
}

/** A row of the view `v_active_timetables`: a timetable in use, whose it is, and how much it holds. */
export const ActiveTimetable = publicSchema(columns)
export type ActiveTimetable = z.output<typeof ActiveTimetable>

/** Between rows of `v_active_timetables` and {@link ActiveTimetable}. */
export const ActiveTimetableCodec = rowCodec(columns, rowSchema(columns), ActiveTimetable)
