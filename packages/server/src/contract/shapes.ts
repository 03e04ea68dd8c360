/** Shapes that several operations share. */
import { TimeblockChanges, TimeblockInput, TimetableChanges, TimetableInput } from "@timegrid/core"
import * as z from "zod"

/** The path of one object. */
export const ById = z.object({ id: z.guid() })

/** Which part of a list is asked for. */
export const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** The `nextCursor` of the page before. */
  cursor: z.string().max(1000).optional()
})

/** One page of a list. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.object({
    items: z.array(item).readonly(),
    /** Null behind the last page. */
    nextCursor: z.string().nullable()
  })

/** An object with the number of its changes, which is also its `ETag`. */
export const versioned = <S extends z.ZodObject>(schema: S): z.ZodObject<S["shape"] & { version: z.ZodInt }> =>
  z.object({ ...schema.shape, version: z.int() })

/** Which version of an object a change was made for: the `ETag` that it came with. */
export const IfMatch = z.object({ "if-match": z.string().max(100).optional() })

/** Only what has changed since that `ETag`. */
export const IfNoneMatch = z.object({ "if-none-match": z.string().max(1000).optional() })

/** A password: 8 to 200 characters, not only spaces. */
export const Password = z
  .string()
  .min(8)
  .max(200)
  .refine((password) => password.trim() !== "", "Not only spaces")

// Whose a timetable is, and which timetable a timeblock is of, is said by the session and the path.
const { id: _timetableId, userId: _userId, ...timetableFields } = TimetableInput.shape
const { id: _id, timetableId: _ownerId, ...timeblockFields } = TimeblockInput.shape
const { userId: _changedUserId, ...timetableChanges } = TimetableChanges.shape
const { timetableId: _changedOwnerId, ...timeblockChanges } = TimeblockChanges.shape

/** A new timetable. */
export const TimetableBody = z.strictObject(timetableFields)
/** What is to change in a timetable. */
export const TimetablePatch = z.strictObject(timetableChanges)
/** A new timeblock; that it ends after it starts, on the same day, is checked with the row. */
export const TimeblockBody = z.strictObject(timeblockFields)
/** What is to change in a timeblock. */
export const TimeblockPatch = z.strictObject(timeblockChanges)
