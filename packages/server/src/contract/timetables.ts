import { Timeblock, Timetable, TimetableMarker, TimetableStatus, UnplacedTimeblock, Weekday } from "@timegrid/core"
import * as z from "zod"
import { endpoint } from "./endpoint.ts"
import {
  ById,
  IfMatch,
  IfNoneMatch,
  ListQuery,
  listOf,
  TimeblockBody,
  TimeblockPatch,
  TimetableBody,
  TimetablePatch,
  versioned
} from "./shapes.ts"

const tag = "Timetables"
const BlockById = ById.extend({ timeblockId: z.guid() })

const VersionedTimetable = versioned(Timetable)
const VersionedTimeblock = versioned(Timeblock)

/** A timetable with its timeblocks in the order of the week. */
const FilledTimetable = VersionedTimetable.extend({
  timeblocks: z.array(VersionedTimeblock).readonly(),
  markers: z.array(TimetableMarker),
  unplaced: z.array(UnplacedTimeblock)
})

/** A timetable as lists show it. */
const CountedTimetable = VersionedTimetable.extend({ timeblockCount: z.int() })

const exported = (extension: "ics" | "csv" | "json", mediaType: string, summary: string) =>
  endpoint({
    method: "get",
    path: `/timetables/{id}.${extension}`,
    tag,
    summary,
    access: "timetable:read",
    params: ById,
    query: z.object({
      /** For a calendar: an IANA time zone; default `metadata.timeZone`. */
      zone: z.string().max(100).optional(),
      /** For a calendar: the day it begins on; default `weekStartDate`. */
      startDate: z.iso.date().optional()
    }),
    answer: { status: 200, mediaType }
  })

export const timetables = {
  list: endpoint({
    method: "get",
    path: "/timetables",
    tag,
    summary: "List timetables, newest first",
    access: "timetable:read",
    query: ListQuery.extend({
      status: TimetableStatus.optional(),
      year: z.coerce.number().int().optional(),
      /** Words of its name and class. */
      search: z.string().max(200).optional()
    }),
    answer: { status: 200, body: listOf(VersionedTimetable) }
  }),
  active: endpoint({
    method: "get",
    path: "/timetables/active",
    tag,
    summary: "List one's active timetables with the number of their timeblocks, the one changed last first",
    access: "timetable:read",
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(10) }),
    answer: { status: 200, body: z.object({ items: z.array(CountedTimetable).readonly() }) }
  }),
  create: endpoint({
    method: "post",
    path: "/timetables",
    tag,
    summary: "Make a timetable",
    access: "timetable:create",
    body: TimetableBody,
    answer: { status: 201, body: FilledTimetable }
  }),
  ics: exported("ics", "text/calendar", "Read a timetable as a calendar, from weekStartDate over metadata.totalWeeks"),
  csv: exported("csv", "text/csv", "Read a timetable as comma-separated values"),
  json: exported("json", "application/json", "Read a timetable as one JSON file"),
  get: endpoint({
    method: "get",
    path: "/timetables/{id}",
    tag,
    summary: "Read a timetable with its timeblocks",
    access: "timetable:read",
    params: ById,
    headers: IfNoneMatch,
    answer: { status: 200, body: FilledTimetable }
  }),
  update: endpoint({
    method: "patch",
    path: "/timetables/{id}",
    tag,
    summary: "Change a timetable: its name, its status from draft to active to archived",
    access: "timetable:update",
    params: ById,
    headers: IfMatch,
    body: TimetablePatch,
    answer: { status: 200, body: FilledTimetable }
  }),
  delete: endpoint({
    method: "delete",
    path: "/timetables/{id}",
    tag,
    summary: "Delete a timetable and its timeblocks",
    access: "timetable:delete",
    params: ById,
    headers: IfMatch,
    answer: { status: 204 }
  }),
  timeblocks: endpoint({
    method: "get",
    path: "/timetables/{id}/timeblocks",
    tag,
    summary: "List the timeblocks of a timetable",
    access: "timetable:read",
    params: ById,
    query: ListQuery.extend({ dayOfWeek: Weekday.optional(), search: z.string().max(200).optional() }),
    answer: { status: 200, body: listOf(VersionedTimeblock) }
  }),
  createTimeblock: endpoint({
    method: "post",
    path: "/timetables/{id}/timeblocks",
    tag,
    summary: "Add a timeblock",
    access: "timetable:update",
    params: ById,
    body: TimeblockBody,
    answer: { status: 201, body: VersionedTimeblock }
  }),
  reorder: endpoint({
    method: "put",
    path: "/timetables/{id}/timeblocks/order",
    tag,
    summary: "Put the timeblocks in this order; all of the timetable are named, each once",
    access: "timetable:update",
    params: ById,
    headers: IfMatch,
    body: z.strictObject({ timeblockIds: z.array(z.guid()).max(10_000) }),
    answer: { status: 200, body: FilledTimetable }
  }),
  timeblock: endpoint({
    method: "get",
    path: "/timetables/{id}/timeblocks/{timeblockId}",
    tag,
    summary: "Read a timeblock",
    access: "timetable:read",
    params: BlockById,
    headers: IfNoneMatch,
    answer: { status: 200, body: VersionedTimeblock }
  }),
  updateTimeblock: endpoint({
    method: "patch",
    path: "/timetables/{id}/timeblocks/{timeblockId}",
    tag,
    summary: "Change a timeblock",
    access: "timetable:update",
    params: BlockById,
    headers: IfMatch,
    body: TimeblockPatch,
    answer: { status: 200, body: VersionedTimeblock }
  }),
  deleteTimeblock: endpoint({
    method: "delete",
    path: "/timetables/{id}/timeblocks/{timeblockId}",
    tag,
    summary: "Delete a timeblock",
    access: "timetable:update",
    params: BlockById,
    headers: IfMatch,
    answer: { status: 204 }
  })
} as const
