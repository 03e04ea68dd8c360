import { assert, type Vitest } from "@effect/vitest"
import type { TimetableInput, TimetableStatus } from "@timegrid/core"
import {
  ProcessingJobs,
  type RepositoryServices,
  Timeblocks,
  type TimetableFilter,
  Timetables,
  UploadedDocuments
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import {
  givenDocument,
  givenJob,
  givenTimeblock,
  givenTimetable,
  givenUser,
  timeblockInput,
  timetableInput,
  unlike
} from "./given.ts"

const idsOf = (rows: ReadonlyArray<{ readonly id: string }>) => rows.map(({ id }) => id)

/** The promises of `Timetables`. */
export const timetablesContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "timetables",
    repository: Effect.gen(function* () {
      return yield* Timetables
    }),
    scope: Effect.map(givenUser(), ({ id }) => ({
      filter: { userId: id },
      input: Effect.sync(() =>
        timetableInput(id, {
          className: "5B",
          term: "Spring",
          weekStartDate: "2031-02-03",
          metadata: { totalWeeks: 12, breakWeeks: [6], own: { deep: [{ er: "ünïcode 😀" }] } }
        })
      )
    })),
    noMatch: { userId: unlike() },
    changes: { name: "Class 5C", status: "active", className: null, metadata: { schoolName: "Hill School" } },
    changed: { name: "Class 5C", status: "active", className: null, metadata: { schoolName: "Hill School" } },
    invalid: {
      "a status that is none": { status: "open" },
      "a day that no calendar has": { weekStartDate: "2031-02-30" },
      "a year that is no whole number": { year: 2031.5 },
      "a name that is too long": { name: "😀".repeat(256) },
      "text that Postgres refuses": { name: "a\0b" },
      "half of a surrogate pair": { className: "5\udc00" },
      "text that Postgres refuses in JSON": { metadata: { schoolName: "a\0b" } },
      "a number that JSON has not": { metadata: { own: Number.NaN } },
      "an owner that is no id": { userId: "ada" }
    }
  })

  it.effect("a name of as many characters as the column has, each of two units, is taken", () =>
    Effect.gen(function* () {
      const { id } = yield* givenTimetable({ name: "😀".repeat(255) })
      assert.strictEqual((yield* (yield* Timetables).get(id)).name, "😀".repeat(255))
    })
  )

  it.effect("a timetable belongs to somebody", () =>
    Effect.gen(function* () {
      const timetables = yield* Timetables
      const orphan = timetables.insert(timetableInput(unlike()))
      yield* assertRefusedBy("ConstraintViolation", "timetables_user_id_fkey", orphan)
      const { id } = yield* givenTimetable()
      const given = timetables.update(id, { userId: unlike() })
      yield* assertRefusedBy("ConstraintViolation", "timetables_user_id_fkey", given)
    })
  )

  it.effect("a list keeps to its filter", () =>
    Effect.gen(function* () {
      const timetables = yield* Timetables
      const userId = (yield* givenUser()).id
      const jobId = unlike()
      const make = (given: Partial<TimetableInput>) => givenTimetable({ ...given, userId })
      const active = yield* make({ status: "active", name: "Maths week", className: "5B" })
      const older = yield* make({ year: 2030, name: "Swimming", className: "7 Red" })
      const read = yield* make({ metadata: { jobId }, name: "100% of it" })
      const found = Effect.fnUntraced(function* (filter: TimetableFilter) {
        return idsOf((yield* timetables.list({ filter: { userId, ...filter } })).items)
      })
      assert.deepStrictEqual(yield* found({ status: "active" }), [active.id])
      assert.deepStrictEqual(yield* found({ year: 2030 }), [older.id])
      assert.deepStrictEqual(yield* found({ jobId }), [read.id])
      assert.deepStrictEqual(yield* found({ year: 2030, status: "active" }), [])
      assert.deepStrictEqual(yield* found({ search: "MATHS" }), [active.id])
      assert.deepStrictEqual(yield* found({ search: "red swimming" }), [older.id])
      assert.deepStrictEqual(yield* found({ search: "red maths" }), [])
      assert.deepStrictEqual(yield* found({ search: "%" }), [])
      assert.deepStrictEqual(yield* found({ search: "'; DROP TABLE timetables; --" }), [])
      yield* assertFailsAs("RowInvalid", found({ search: "a\0b" }))
      yield* assertFailsAs("RowInvalid", found({ search: "\ud800" }))
      // The compiler would refuse it too, but not everybody has one.
      yield* assertFailsAs("RowInvalid", found({ status: "open" as TimetableStatus }))
    })
  )

  it.effect("a user's active timetables come with their counts, the one changed last first", () =>
    Effect.gen(function* () {
      const timetables = yield* Timetables
      const user = yield* givenUser()
      const first = yield* givenTimetable({ userId: user.id, status: "active" })
      yield* Effect.sleep("5 millis")
      const second = yield* givenTimetable({ userId: user.id, status: "active" })
      yield* givenTimetable({ userId: user.id })
      yield* givenTimetable({ userId: user.id, status: "archived" })
      yield* givenTimetable({ status: "active" })
      yield* givenTimeblock({ timetableId: first.id })
      yield* givenTimeblock({ timetableId: first.id, dayOfWeek: "Friday" })
      assert.deepStrictEqual(yield* timetables.listActive(user.id), [
        { ...second, timeblockCount: 0 },
        { ...first, timeblockCount: 2 }
      ])
      yield* Effect.sleep("5 millis")
      yield* timetables.update(first.id, { name: "Changed" })
      assert.deepStrictEqual(idsOf(yield* timetables.listActive(user.id, 1)), [first.id])
      assert.deepStrictEqual(yield* timetables.listActive(unlike()), [])
      assert.deepStrictEqual(yield* timetables.listActive("nobody"), [])
      yield* assertFailsAs("RowInvalid", timetables.listActive(user.id, 0))
    })
  )

  it.effect("ten active timetables are listed unless said otherwise", () =>
    Effect.gen(function* () {
      const timetables = yield* Timetables
      const { id } = yield* givenUser()
      yield* timetables.insertMany(Array.from({ length: 12 }, () => timetableInput(id, { status: "active" })))
      assert.strictEqual((yield* timetables.listActive(id)).length, 10)
      assert.strictEqual((yield* timetables.listActive(id, 12)).length, 12)
    })
  )

  it.effect("a timetable comes with its timeblocks in the order of the week", () =>
    Effect.gen(function* () {
      const timetable = yield* givenTimetable()
      const add = (name: string, given: Parameters<typeof timeblockInput>[1]) =>
        timeblockInput(timetable.id, { name, ...given })
      yield* (yield* Timeblocks).insertMany([
        add("6", { dayOfWeek: "Sunday" }),
        add("5", { dayOfWeek: "Friday", startTime: "13:00", endTime: "14:00" }),
        add("2", { dayOfWeek: "Monday", position: 2 }),
        add("1", { dayOfWeek: "Monday", position: 1 }),
        add("4", { dayOfWeek: "Wednesday", startTime: "10:00", endTime: "11:00" }),
        add("3", { dayOfWeek: "Wednesday", startTime: "09:30" })
      ])
      yield* givenTimeblock()
      const { timeblocks, ...rest } = Option.getOrThrow(yield* (yield* Timetables).findFilled(timetable.id))
      assert.deepStrictEqual(rest, timetable)
      assert.deepStrictEqual(
        timeblocks.map(({ name }) => name),
        ["1", "2", "3", "4", "5", "6"]
      )
      assert.deepStrictEqual(timeblocks[0], yield* (yield* Timeblocks).get(timeblocks[0]?.id ?? ""))
    })
  )

  it.effect("a timetable without timeblocks has an empty list of them, and no timetable none", () =>
    Effect.gen(function* () {
      const timetables = yield* Timetables
      const timetable = yield* givenTimetable()
      assert.deepStrictEqual(yield* timetables.findFilled(timetable.id), Option.some({ ...timetable, timeblocks: [] }))
      assert.deepStrictEqual(yield* timetables.findFilled(unlike()), Option.none())
      assert.deepStrictEqual(yield* timetables.findFilled("week"), Option.none())
    })
  )

  it.effect("the view of active timetables says whose they are and counts blocks and documents apart", () =>
    Effect.gen(function* () {
      const timetables = yield* Timetables
      const user = yield* givenUser()
      const timetable = yield* givenTimetable({ userId: user.id, status: "active", className: "5B", term: "Spring" })
      yield* givenTimetable({ userId: user.id })
      for (const dayOfWeek of ["Monday", "Tuesday", "Friday"] as const)
        yield* givenTimeblock({ timetableId: timetable.id, dayOfWeek })
      for (const _ of ["first", "second"]) yield* givenDocument({ userId: user.id, timetableId: timetable.id })
      const { id, name, className, term, year, status, createdAt, updatedAt } = timetable
      const { email, firstName, lastName } = user
      const row = { id, name, className, term, year, status, createdAt, updatedAt }
      const owner = { userId: user.id, email, firstName, lastName }
      assert.deepStrictEqual(yield* timetables.listActiveView({ filter: { userId: user.id } }), {
        items: [{ ...row, ...owner, timeblockCount: 3, documentCount: 2 }],
        nextCursor: null
      })
      yield* givenTimetable({ userId: user.id, status: "active" })
      const first = yield* timetables.listActiveView({ filter: { userId: user.id }, limit: 1 })
      const after = first.nextCursor ?? ""
      const second = yield* timetables.listActiveView({ filter: { userId: user.id }, limit: 1, after })
      assert.deepStrictEqual(second.items.length, 1)
      assert.notDeepEqual(idsOf(second.items), idsOf(first.items))
      assert.isNull(second.nextCursor)
      yield* assertFailsAs("RowInvalid", timetables.list({ filter: { userId: user.id }, after }))
    })
  )

  it.effect("a timetable that goes takes its timeblocks along and leaves its documents and jobs", () =>
    Effect.gen(function* () {
      const timetable = yield* givenTimetable()
      const timeblock = yield* givenTimeblock({ timetableId: timetable.id })
      const document = yield* givenDocument({ userId: timetable.userId, timetableId: timetable.id })
      const job = yield* givenJob({ timetableId: timetable.id })
      yield* (yield* Timetables).remove(timetable.id)
      assert.deepStrictEqual(yield* (yield* Timeblocks).find(timeblock.id), Option.none())
      const keptDocument = yield* (yield* UploadedDocuments).get(document.id)
      const keptJob = yield* (yield* ProcessingJobs).get(job.id)
      // Being left behind is a change, so that who has read the row before is told.
      assert.deepStrictEqual([keptDocument.timetableId, keptDocument.version], [null, 2])
      assert.deepStrictEqual([keptJob.timetableId, keptJob.version], [null, 2])
    })
  )
}
