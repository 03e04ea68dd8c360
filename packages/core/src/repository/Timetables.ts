import { Context, type Effect, type Option } from "effect"
import * as z from "zod"
import type { Timeblock } from "../domain/Timeblock.ts"
import {
  type Timetable,
  type TimetableChanges,
  TimetableCodec,
  type TimetableInput,
  TimetableInsert,
  TimetableStatus,
  TimetableUpdate
} from "../domain/Timetable.ts"
import { Integer, Uuid } from "../domain/values.ts"
import { entityTable } from "./EntityTable.ts"
import { SearchText } from "./filterText.ts"
import { listParserFor } from "./parsing.ts"
import type { ListPage, ListQuery, Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"
import type { ActiveTimetable } from "./records/ActiveTimetable.ts"

/** Which timetables a list is of. */
export const TimetableFilter = z.strictObject({
  userId: Uuid.optional(),
  status: TimetableStatus.optional(),
  year: Integer.optional(),
  /** The job that read them, as `metadata.jobId` says. */
  jobId: Uuid.optional(),
  /** Words that its name and class have, all of them, in any case; other forms of a word may be found too. */
  search: SearchText.optional()
})
export type TimetableFilter = z.output<typeof TimetableFilter>

/** The table of {@link Timetables}. */
export const timetableTable = entityTable({
  name: "timetables",
  codec: TimetableCodec,
  insert: TimetableInsert,
  update: TimetableUpdate,
  filter: TimetableFilter
})

/** A timetable and how many timeblocks it has. */
export type CountedTimetable = Stored<Timetable> & { readonly timeblockCount: number }

/** A timetable with its timeblocks in the order of the week. */
export type FilledTimetable = Stored<Timetable> & { readonly timeblocks: ReadonlyArray<Stored<Timeblock>> }

/** Which rows of the view a list is of. */
export const ActiveTimetableFilter = TimetableFilter.pick({ userId: true, year: true })
export type ActiveTimetableFilter = z.output<typeof ActiveTimetableFilter>

/** Parses queries for the list of the view `v_active_timetables`. */
export const activeTimetableList = listParserFor("v_active_timetables", ActiveTimetableFilter)

/** How many active timetables of a user are listed. */
export const ActiveLimit = z.int().min(1).max(100).default(10)

/** Keeps timetables. Adapters are checked by `timetablesContract`. */
export class Timetables extends Context.Service<
  Timetables,
  Repository<Timetable, TimetableInput, TimetableChanges, TimetableFilter> & {
    /** The user's active timetables, the one changed last first. `limit` is 10 by default. */
    readonly listActive: (
      userId: string,
      limit?: number
    ) => Effect.Effect<ReadonlyArray<CountedTimetable>, RepositoryError>
    /** The timetable with its timeblocks by weekday, start and position; one without any has an empty list. */
    readonly findFilled: (id: string) => Effect.Effect<Option.Option<FilledTimetable>, RepositoryError>
    /** The view `v_active_timetables`, the newest timetable first. */
    readonly listActiveView: (
      query?: ListQuery<ActiveTimetableFilter>
    ) => Effect.Effect<ListPage<ActiveTimetable>, RepositoryError>
  }
>()("@timegrid/core/repository/Timetables") {}
