import * as z from "zod"
import {
  changesSchema,
  column,
  fixtureSchema,
  inputSchema,
  insertSchema,
  nullable,
  nullableWithDefault,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  timestamps,
  updateSchema,
  withDefault
} from "./columns.ts"
import { json } from "./json.ts"
import { text } from "./text.ts"
import { CalendarDate, ClockTime, Count, Integer, Ordinal, Uuid } from "./values.ts"
import { Weekday } from "./Weekday.ts"

/** Whether a timetable is still being made (`draft`), in use, or kept for the record. */
export const TimetableStatus = z.enum(["draft", "active", "archived"])
export type TimetableStatus = z.output<typeof TimetableStatus>

/** A moment of the week, such as a bell, that has a start and no end and so is no timeblock; open for more. */
export const TimetableMarker = z.looseObject({
  dayOfWeek: Weekday.nullable(),
  time: ClockTime,
  name: z.string()
})
export type TimetableMarker = z.output<typeof TimetableMarker>

/**
 * What was read but cannot be a row of `timeblocks`: without a weekday or a clock time, shorter than 5 minutes, longer
 * than 8 hours, or over midnight. Open for more.
 */
export const UnplacedTimeblock = z.looseObject({
  dayOfWeek: Weekday.nullable(),
  startTime: ClockTime.nullable(),
  endTime: ClockTime.nullable(),
  name: z.string()
})
export type UnplacedTimeblock = z.output<typeof UnplacedTimeblock>

/** What is known of a timetable besides its columns; open for more. */
export const TimetableMetadata = z.looseObject({
  totalWeeks: Count.optional(),
  /** Numbers of the weeks without lessons, from 1. */
  breakWeeks: z.array(Ordinal).optional(),
  schoolName: z.string().optional(),
  markers: z.array(TimetableMarker).optional(),
  unplaced: z.array(UnplacedTimeblock).optional(),
  /** The job and the document that the timetable was read by and from. */
  jobId: Uuid.optional(),
  documentId: Uuid.optional(),
  /** `"upload"` where the document prints no year and the year of its upload stands in. */
  yearSource: z.string().optional()
})
export type TimetableMetadata = z.output<typeof TimetableMetadata>

const columns = {
  id: primaryKey,
  userId: column(Uuid),
  name: column(text(255)),
  className: nullable(column(text(100))),
  term: nullable(column(text(50))),
  year: column(Integer),
  weekStartDate: nullable(column(CalendarDate)),
  status: withDefault(column(TimetableStatus), "draft"),
  metadata: nullableWithDefault(column(json(TimetableMetadata)), {}),
  ...timestamps
}

/** A row of `timetables`. */
export const TimetableRow = rowSchema(columns)
export type TimetableRow = z.output<typeof TimetableRow>

/** A row of `timetables` as fixtures write it. */
export const TimetableFixture = fixtureSchema(columns)
export type TimetableFixture = z.output<typeof TimetableFixture>

/** What a caller gives for a new timetable. */
export const TimetableInput = inputSchema(columns)
export type TimetableInput = z.input<typeof TimetableInput>

/** From {@link TimetableInput} to the columns of an `INSERT` into `timetables`. */
export const TimetableInsert = insertSchema(columns, TimetableInput)
export type TimetableInsert = z.output<typeof TimetableInsert>

/** What a caller may change in a timetable. */
export const TimetableChanges = changesSchema(columns)
export type TimetableChanges = z.input<typeof TimetableChanges>

/** From {@link TimetableChanges} to the columns of an `UPDATE` of `timetables`. */
export const TimetableUpdate = updateSchema(columns, TimetableChanges)
export type TimetableUpdate = z.output<typeof TimetableUpdate>

/** A timetable as callers see it. */
export const Timetable = publicSchema(columns)
export type Timetable = z.output<typeof Timetable>

/** Between rows of `timetables` and {@link Timetable}. */
export const TimetableCodec = rowCodec(columns, TimetableRow, Timetable)
