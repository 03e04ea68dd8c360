import { assert, type Vitest } from "@effect/vitest"
import { defaultTimeblockColor } from "@timegrid/core"
import {
  type RepositoryServices,
  type TimeblockContent,
  type TimeblockFilter,
  Timeblocks,
  Timetables
} from "@timegrid/core/repository"
import { Effect, Option, Stream } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import { givenTimeblock, givenTimetable, timeblockInput, unlike } from "./given.ts"

const content = (name: string): TimeblockContent => ({
  name,
  dayOfWeek: "Monday",
  startTime: "09:00",
  endTime: "10:00"
})

const namesOf = (blocks: ReadonlyArray<{ readonly name: string }>) => blocks.map(({ name }) => name)

/** The promises of `Timeblocks`. */
export const timeblocksContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "timeblocks",
    repository: Effect.gen(function* () {
      return yield* Timeblocks
    }),
    scope: Effect.map(givenTimetable(), ({ id }) => ({
      filter: { timetableId: id },
      input: Effect.sync(() =>
        timeblockInput(id, {
          startTime: "00:00",
          endTime: "08:00",
          notes: "Bring a ruler\nand 😀",
          color: "#10B981",
          position: 3,
          metadata: { subject: "Mathematics", room: "12", page: 1, confidence: 99.25 }
        })
      )
    })),
    noMatch: { timetableId: unlike() },
    changes: { name: "Music", startTime: "07:55", dayOfWeek: "Sunday", notes: null },
    changed: { name: "Music", startTime: "07:55", dayOfWeek: "Sunday", notes: null, duration: 5 },
    invalid: {
      "a weekday that is none": { dayOfWeek: "monday" },
      "a time that no clock shows": { startTime: "24:00" },
      "a colour that is none": { color: "red" },
      "a name that is too long": { name: "😀".repeat(256) },
      "text that Postgres refuses": { notes: "a\0b" },
      "half of a surrogate pair": { name: "\ud800" }
    }
  })

  it.effect("its duration follows from its times, and its colour and position are the usual ones", () =>
    Effect.gen(function* () {
      const block = yield* givenTimeblock({ startTime: "09:05", endTime: "10:20" })
      assert.deepStrictEqual([block.duration, block.color, block.position], [75, defaultTimeblockColor, 0])
      const changed = Option.getOrThrow(yield* (yield* Timeblocks).update(block.id, { endTime: "09:15" }))
      assert.strictEqual(changed.duration, 10)
    })
  )

  it.effect("a span that no timeblock has is refused", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const timetable = yield* givenTimetable()
      const spans = [
        ["10:00", "09:00"],
        ["10:00", "10:00"],
        ["10:00", "10:04"],
        ["08:00", "16:01"]
      ] as const
      for (const [startTime, endTime] of spans)
        yield* assertFailsAs("RowInvalid", timeblocks.insert(timeblockInput(timetable.id, { startTime, endTime })))
    })
  )

  it.effect("a change of one end that makes such a span is refused by the check that it breaks", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const block = yield* givenTimeblock({ startTime: "09:00", endTime: "10:00" })
      const backwards = timeblocks.update(block.id, { startTime: "10:00" })
      yield* assertRefusedBy("ConstraintViolation", "check_start_before_end", backwards)
      for (const change of [{ endTime: "09:04" }, { endTime: "17:01" }])
        yield* assertRefusedBy("ConstraintViolation", "check_valid_duration", timeblocks.update(block.id, change))
      assert.deepStrictEqual(yield* timeblocks.get(block.id), block)
    })
  )

  it.effect("a timeblock belongs to a timetable", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const orphan = timeblocks.insert(timeblockInput(unlike()))
      yield* assertRefusedBy("ConstraintViolation", "timeblocks_timetable_id_fkey", orphan)
      const { id } = yield* givenTimetable()
      const mixed = timeblocks.insertMany([timeblockInput(id), timeblockInput(unlike())])
      yield* assertRefusedBy("ConstraintViolation", "timeblocks_timetable_id_fkey", mixed)
      assert.deepStrictEqual((yield* timeblocks.list({ filter: { timetableId: id } })).items, [])
    })
  )

  it.effect("a list keeps to its filter", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const { id: timetableId } = yield* givenTimetable()
      const maths = yield* givenTimeblock({ timetableId, name: "Maths", notes: "Bring a ruler" })
      const music = yield* givenTimeblock({ timetableId, name: "Music", dayOfWeek: "Friday" })
      const found = Effect.fnUntraced(function* (filter: TimeblockFilter) {
        return (yield* timeblocks.list({ filter: { timetableId, ...filter } })).items.map(({ id }) => id)
      })
      assert.deepStrictEqual(yield* found({ dayOfWeek: "Friday" }), [music.id])
      assert.deepStrictEqual(yield* found({ search: "ruler maths" }), [maths.id])
      assert.deepStrictEqual(yield* found({ search: "music", dayOfWeek: "Monday" }), [])
      yield* assertFailsAs("RowInvalid", found({ search: "a\0b" }))
    })
  )

  it.effect("ten thousand are inserted at once and streamed in parts", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const { id } = yield* givenTimetable()
      const inputs = Array.from({ length: 10_000 }, (_, position) => timeblockInput(id, { position }))
      const inserted = yield* timeblocks.insertMany(inputs)
      assert.deepStrictEqual(
        inserted.map(({ position }) => position),
        inputs.map(({ position }) => position)
      )
      const streamed = yield* Stream.runFold(
        timeblocks.stream({ timetableId: id }),
        () => new Set<string>(),
        (ids, block) => ids.add(block.id)
      )
      assert.strictEqual(streamed.size, 10_000)
      const some = yield* Stream.runCollect(Stream.take(timeblocks.stream({ timetableId: id }), 3))
      assert.strictEqual(some.length, 3)
      yield* (yield* Timetables).remove(id)
    })
  )

  it.effect("all timeblocks of a timetable are replaced at once, which counts for the timetable", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const { id } = yield* givenTimetable()
      yield* givenTimeblock({ timetableId: id, name: "Old" })
      const other = yield* givenTimeblock({ name: "Other" })
      const contents = ["First", "Second"].map(content)
      const replaced = Option.getOrThrow(yield* timeblocks.replaceAll(id, contents, { ifVersion: 1 }))
      assert.deepStrictEqual(namesOf(replaced), ["First", "Second"])
      const filled = Option.getOrThrow(yield* (yield* Timetables).findFilled(id))
      assert.deepStrictEqual([filled.version, namesOf(filled.timeblocks).toSorted()], [2, ["First", "Second"]])
      assert.deepStrictEqual(yield* timeblocks.get(other.id), other)
      assert.deepStrictEqual(yield* timeblocks.replaceAll(id, []), Option.some([]))
      assert.deepStrictEqual((yield* timeblocks.list({ filter: { timetableId: id } })).items, [])
    })
  )

  it.effect("timeblocks are replaced by none that is invalid, nor in a timetable that someone else has changed", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const { id } = yield* givenTimetable()
      const old = yield* givenTimeblock({ timetableId: id })
      yield* (yield* Timetables).update(id, { name: "Changed" })
      yield* assertFailsAs("StaleVersion", timeblocks.replaceAll(id, [content("New")], { ifVersion: 1 }))
      const backwards = { ...content("New"), endTime: "08:00" }
      yield* assertFailsAs("RowInvalid", timeblocks.replaceAll(id, [content("New"), backwards]))
      assert.deepStrictEqual((yield* timeblocks.list({ filter: { timetableId: id } })).items, [old])
      assert.strictEqual((yield* (yield* Timetables).get(id)).version, 2)
      assert.deepStrictEqual(yield* timeblocks.replaceAll(unlike(), [content("New")]), Option.none())
      assert.deepStrictEqual(yield* timeblocks.replaceAll("week", []), Option.none())
    })
  )

  it.effect("timeblocks are numbered in an order of the user's own, which counts for the timetable", () =>
    Effect.gen(function* () {
      const timeblocks = yield* Timeblocks
      const { id } = yield* givenTimetable()
      const blocks = yield* timeblocks.insertMany(["a", "b", "c"].map((name) => timeblockInput(id, { name })))
      const [a = "", b = "", c = ""] = blocks.map((block) => block.id)
      const ordered = Option.getOrThrow(yield* timeblocks.reorder(id, [c, a, b.toUpperCase()], { ifVersion: 1 }))
      assert.deepStrictEqual(
        ordered.map(({ name, position }) => [name, position]),
        [
          ["c", 0],
          ["a", 1],
          ["b", 2]
        ]
      )
      const filled = Option.getOrThrow(yield* (yield* Timetables).findFilled(id))
      assert.deepStrictEqual([filled.version, namesOf(filled.timeblocks)], [2, ["c", "a", "b"]])
    })
  )

  it.effect(
    "an order that leaves one out, names one twice or a stranger is refused, as is one of an older version",
    () =>
      Effect.gen(function* () {
        const timeblocks = yield* Timeblocks
        const { id } = yield* givenTimetable()
        const blocks = yield* timeblocks.insertMany(["a", "b"].map((name) => timeblockInput(id, { name })))
        const [a = "", b = ""] = blocks.map((block) => block.id)
        const stranger = (yield* givenTimeblock()).id
        for (const ids of [[a], [], [a, a], [a, b, a], [a, stranger], [a, b, stranger], [a, "b"]])
          yield* assertFailsAs("RowInvalid", timeblocks.reorder(id, ids))
        yield* assertFailsAs("StaleVersion", timeblocks.reorder(id, [b, a], { ifVersion: 2 }))
        for (const block of blocks) assert.deepStrictEqual(yield* timeblocks.get(block.id), block)
        assert.deepStrictEqual(yield* timeblocks.reorder(unlike(), []), Option.none())
      })
  )
}
