import * as z from "zod"
import {
  changesSchema,
  codecColumn,
  column,
  fixtureSchema,
  generated,
  inputSchema,
  insertSchema,
  nullable,
  nullableWithDefault,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  timestamps,
  updateSchema
} from "./columns.ts"
import { json } from "./json.ts"
import { text } from "./text.ts"
import { timeSpan } from "./timeSpan.ts"
import { ClockTime, Confidence, HexColor, Integer, Ordinal, TimeOfDayCodec, Uuid } from "./values.ts"
import { Weekday } from "./Weekday.ts"

/** The colour of a timeblock that says none. */
export const defaultTimeblockColor = "#3B82F6"

/** What is known of a timeblock besides its columns; open for more. */
export const TimeblockMetadata = z.looseObject({
  subject: z.string().optional(),
  room: z.string().optional(),
  teacher: z.string().optional(),
  /** The number of the period, where the page prints one. */
  period: Integer.optional(),
  /** The week of a cycle, such as `"A"`. */
  week: z.string().optional(),
  /** The page of the document that it was read from, from 1. */
  page: Ordinal.optional(),
  /** How sure the reading is, 0 to 100. */
  confidence: Confidence.optional()
})
export type TimeblockMetadata = z.output<typeof TimeblockMetadata>

const timeOfDay = codecColumn(TimeOfDayCodec, ClockTime)

const columns = {
  id: primaryKey,
  timetableId: column(Uuid),
  name: column(text(255)),
  dayOfWeek: column(Weekday),
  startTime: timeOfDay,
  endTime: timeOfDay,
  /** Whole minutes; `INTEGER GENERATED ALWAYS`, and so without `NOT NULL`, but never null. */
  duration: generated(column(Integer)),
  notes: nullable(column(text())),
  color: nullableWithDefault(column(HexColor), defaultTimeblockColor),
  position: nullableWithDefault(column(Integer), 0),
  metadata: nullableWithDefault(column(json(TimeblockMetadata)), {}),
  ...timestamps
}

const rowSpan = timeSpan({ start: "start_time", end: "end_time", duration: "duration" })
const span = timeSpan({ start: "startTime", end: "endTime", duration: "duration" })

/** A row of `timeblocks`: it starts before it ends, on the same day, and lasts from 5 minutes to 8 hours. */
export const TimeblockRow = rowSchema(columns).check(rowSpan)
export type TimeblockRow = z.output<typeof TimeblockRow>

/** A row of `timeblocks` as fixtures write it. */
export const TimeblockFixture = fixtureSchema(columns).check(rowSpan)
export type TimeblockFixture = z.output<typeof TimeblockFixture>

/** What a caller gives for a new timeblock; its duration follows from its times. */
export const TimeblockInput = inputSchema(columns).check(span)
export type TimeblockInput = z.input<typeof TimeblockInput>

/** From {@link TimeblockInput} to the columns of an `INSERT` into `timeblocks`. */
export const TimeblockInsert = insertSchema(columns, TimeblockInput)
export type TimeblockInsert = z.output<typeof TimeblockInsert>

/** What a caller may change in a timeblock. */
export const TimeblockChanges = changesSchema(columns)
export type TimeblockChanges = z.input<typeof TimeblockChanges>

/** From {@link TimeblockChanges} to the columns of an `UPDATE` of `timeblocks`. */
export const TimeblockUpdate = updateSchema(columns, TimeblockChanges)
export type TimeblockUpdate = z.output<typeof TimeblockUpdate>

/** A timeblock as callers see it; `duration` is in minutes. */
export const Timeblock = publicSchema(columns).check(span)
export type Timeblock = z.output<typeof Timeblock>

/** Between rows of `timeblocks` and {@link Timeblock}. */
export const TimeblockCodec = rowCodec(columns, TimeblockRow, Timeblock)
