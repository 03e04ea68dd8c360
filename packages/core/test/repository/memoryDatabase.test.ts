import { assert, describe, it } from "@effect/vitest"
import { MemoryRepositories, Timetables, UnitOfWork, Users } from "@timegrid/core/repository"
import { Deferred, Effect, Fiber, Option } from "effect"
import { TestClock } from "effect/testing"

const user = { email: "ada@school.example", passwordHash: "scrypt$hash", firstName: "Ada", lastName: "Byron" }

const givenTimetable = Effect.gen(function* () {
  const { id: userId } = yield* (yield* Users).insert(user)
  const own = { rooms: ["12"] }
  return { own, timetable: yield* (yield* Timetables).insert({ userId, name: "Week", year: 2031, metadata: { own } }) }
})

describe("rows in memory", () => {
  it.effect("are nobody's but the database's, whatever a caller does to what it gave or got", () =>
    Effect.gen(function* () {
      const { own, timetable } = yield* givenTimetable
      const timetables = yield* Timetables
      own.rooms.push("13")
      // Metadata are open: what nobody has declared may be of any shape.
      const got = (yield* timetables.get(timetable.id)).metadata as { own: typeof own }
      assert.deepStrictEqual(got.own.rooms, ["12"])
      got.own.rooms.push("14")
      assert.deepStrictEqual((yield* timetables.get(timetable.id)).metadata, { own: { rooms: ["12"] } })
    }).pipe(Effect.provide(MemoryRepositories.layer))
  )

  it.effect("go by the clock of whoever runs them", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2031-02-03T04:05:06.789Z"))
      const { timetable } = yield* givenTimetable
      assert.strictEqual(timetable.createdAt, "2031-02-03T04:05:06.789Z")
      yield* TestClock.adjust("1 minute")
      const changed = Option.getOrThrow(yield* (yield* Timetables).update(timetable.id, {}))
      assert.deepStrictEqual([changed.createdAt, changed.updatedAt], [timetable.createdAt, "2031-02-03T04:06:06.789Z"])
    }).pipe(Effect.provide(MemoryRepositories.layer))
  )

  it.effect("are those of one database, and of no other", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const here = yield* Users
      const insertThere = Effect.flatMap(Users, (there) => there.insert(user)).pipe(
        Effect.provide(MemoryRepositories.layer, { local: true })
      )
      const { id } = yield* transaction(Effect.andThen(here.insert(user), insertThere))
      assert.isTrue(Option.isNone(yield* here.find(id)))
    }).pipe(Effect.provide(MemoryRepositories.layer))
  )
})

describe("a transaction in memory", () => {
  it.effect("has no part in what was started in it and outlives it", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const users = yield* Users
      const isOver = yield* Deferred.make<void>()
      const late = yield* transaction(
        Effect.forkDetach(Effect.andThen(Deferred.await(isOver), transaction(users.insert(user))))
      )
      const another = yield* Effect.forkChild(
        transaction(Effect.andThen(Deferred.succeed(isOver, undefined), Effect.fail("undone")))
      )
      yield* Effect.flip(Fiber.join(another))
      const { id } = yield* Fiber.join(late)
      assert.isTrue(Option.isSome(yield* users.find(id)))
    }).pipe(Effect.provide(MemoryRepositories.layer))
  )
})
