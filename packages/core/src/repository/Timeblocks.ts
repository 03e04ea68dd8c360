import { Context, type Effect, type Option } from "effect"
import * as z from "zod"
import {
  type Timeblock,
  type TimeblockChanges,
  TimeblockCodec,
  type TimeblockInput,
  TimeblockInsert,
  TimeblockUpdate
} from "../domain/Timeblock.ts"
import { Uuid } from "../domain/values.ts"
import { Weekday } from "../domain/Weekday.ts"
import { entityTable } from "./EntityTable.ts"
import { SearchText } from "./filterText.ts"
import type { Repository, Stored, WriteOptions } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"

/** Which timeblocks a list is of. */
export const TimeblockFilter = z.strictObject({
  timetableId: Uuid.optional(),
  dayOfWeek: Weekday.optional(),
  /** Words that its name and notes have, all of them, in any case; other forms of a word may be found too. */
  search: SearchText.optional()
})
export type TimeblockFilter = z.output<typeof TimeblockFilter>

/** The table of {@link Timeblocks}. */
export const timeblockTable = entityTable({
  name: "timeblocks",
  codec: TimeblockCodec,
  insert: TimeblockInsert,
  update: TimeblockUpdate,
  filter: TimeblockFilter
})

/** A new timeblock of a timetable that is known already. */
export type TimeblockContent = Omit<TimeblockInput, "timetableId">

/** Keeps timeblocks. Adapters are checked by `timeblocksContract`. */
export class Timeblocks extends Context.Service<
  Timeblocks,
  Repository<Timeblock, TimeblockInput, TimeblockChanges, TimeblockFilter> & {
    /**
     * The timetable has these timeblocks and no others, all at once or not at all; the timetable's version grows by one,
     * and `ifVersion` is about that. The result is in the order of the contents, none where there is no such timetable.
     */
    readonly replaceAll: (
      timetableId: string,
      contents: ReadonlyArray<TimeblockContent>,
      options?: WriteOptions
    ) => Effect.Effect<Option.Option<ReadonlyArray<Stored<Timeblock>>>, RepositoryError>
    /**
     * Numbers the timeblocks of a timetable by their place in `ids`, from 0, all at once; the timetable's version grows
     * by one, and `ifVersion` is about that. Fails with `RowInvalid` unless `ids` names each timeblock of the timetable
     * once. The result is in the order of `ids`, none where there is no such timetable.
     */
    readonly reorder: (
      timetableId: string,
      ids: ReadonlyArray<string>,
      options?: WriteOptions
    ) => Effect.Effect<Option.Option<ReadonlyArray<Stored<Timeblock>>>, RepositoryError>
  }
>()("@timegrid/core/repository/Timeblocks") {}
