/** Timetables as files: a calendar, comma-separated values, JSON. */
import { findCalendarZone, toCsv, toIcs } from "@timegrid/core"
import type { FilledTimetable } from "@timegrid/core/repository"
import { Effect } from "effect"
import { api } from "../contract/index.ts"
import { attachment } from "../http/attachment.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { exportedTimetable } from "./exportedTimetable.ts"
import { shownTimetable, visibleTimetable } from "./timetableOperations.ts"

/** Saved under the name of the timetable. */
const savedAs = ({ name }: FilledTimetable, ending: string) => ({
  "content-disposition": attachment(`${name}.${ending}`, `timetable.${ending}`)
})

const ics = operation(api.timetables.ics, ({ params: { id }, principal, query }) =>
  Effect.gen(function* () {
    const timetable = yield* visibleTimetable(principal, "timetable:read", id)
    const { breakWeeks, timeZone, totalWeeks } = timetable.metadata
    const startDate = query.startDate ?? timetable.weekStartDate
    if (startDate === null) return yield* missing("/query/startDate", "This timetable says no weekStartDate: name one")
    const zone = query.zone ?? (typeof timeZone === "string" ? timeZone : null)
    if (zone === null) return yield* missing("/query/zone", "This timetable says no metadata.timeZone: name one")
    if (findCalendarZone(zone) === null) return yield* missing("/query/zone", "There is no such time zone")
    const until = totalWeeks === undefined ? null : lastDay(startDate, totalWeeks)
    const { text } = toIcs(exportedTimetable(timetable), { startDate, zone, until, breakWeeks })
    return { body: text, headers: savedAs(timetable, "ics") }
  })
)

const missing = (pointer: string, message: string) =>
  Effect.fail(new Problem({ code: "validation_failed", errors: [{ pointer, message }] }))

const dayMs = 24 * 60 * 60 * 1_000
/** Dates are written with years of four digits. */
const lastDateMs = Date.UTC(9999, 11, 31)

/**
 * The Sunday of the last of so many weeks, the first of which is that of the start date; null, for ever, where no date says
 * it.
 */
const lastDay = (startDate: string, totalWeeks: number): string | null => {
  const day = new Date(`${startDate}T00:00:00Z`)
  const daysSinceMonday = (day.getUTCDay() + 6) % 7
  const lastMs = day.getTime() + (7 * totalWeeks - 1 - daysSinceMonday) * dayMs
  return lastMs > lastDateMs ? null : new Date(lastMs).toISOString().slice(0, "YYYY-MM-DD".length)
}

const csv = operation(api.timetables.csv, ({ params: { id }, principal }) =>
  Effect.map(visibleTimetable(principal, "timetable:read", id), (timetable) => ({
    body: toCsv(exportedTimetable(timetable)),
    headers: savedAs(timetable, "csv")
  }))
)

const json = operation(api.timetables.json, ({ params: { id }, principal }) =>
  Effect.map(visibleTimetable(principal, "timetable:read", id), (timetable) => ({
    body: JSON.stringify(shownTimetable(timetable), null, 2),
    headers: savedAs(timetable, "json")
  }))
)

/** Every form that a timetable can be read in. */
export const exportOperations = [ics, csv, json]
