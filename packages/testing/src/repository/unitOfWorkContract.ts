import { assert, type Vitest } from "@effect/vitest"
import { type RepositoryServices, Timeblocks, Timetables, UnitOfWork, Users } from "@timegrid/core/repository"
import { Deferred, Effect, Exit, Fiber, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { givenTimeblock, givenTimetable, givenUser, timetableInput, unlike, userInput } from "./given.ts"

const exists = (id: string) => Users.use((users) => Effect.map(users.find(id), Option.isSome))
const insert = (id: string) => givenUser({ id })

/** The promises of `UnitOfWork`. */
export const unitOfWorkContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  it.effect("what a transaction did is there when it has succeeded, with its result", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const { block, user } = yield* transaction(
        Effect.gen(function* () {
          const user = yield* givenUser()
          const timetable = yield* givenTimetable({ userId: user.id })
          const block = yield* givenTimeblock({ timetableId: timetable.id })
          assert.deepStrictEqual(yield* (yield* Timeblocks).get(block.id), block)
          return { block, user }
        })
      )
      assert.isTrue(yield* exists(user.id))
      assert.deepStrictEqual(yield* (yield* Timeblocks).get(block.id), block)
    })
  )

  it.effect("inserts, changes and removals are undone when it fails, and the failure is its own", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const id = unlike()
      const timetable = yield* givenTimetable()
      const block = yield* givenTimeblock({ timetableId: timetable.id })
      const work = Effect.gen(function* () {
        yield* insert(id)
        yield* (yield* Timetables).update(timetable.id, { name: "Changed" })
        yield* (yield* Users).remove(timetable.userId)
        assert.isFalse(yield* exists(timetable.userId))
        return yield* Effect.fail("changed my mind")
      })
      assert.strictEqual(yield* Effect.flip(transaction(work)), "changed my mind")
      assert.isFalse(yield* exists(id))
      assert.deepStrictEqual(yield* (yield* Timetables).get(timetable.id), timetable)
      assert.deepStrictEqual(yield* (yield* Timeblocks).get(block.id), block)
    })
  )

  it.effect("it is undone when it dies", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const id = unlike()
      const exit = yield* Effect.exit(transaction(Effect.andThen(insert(id), Effect.die("a defect"))))
      assert.isTrue(Exit.isFailure(exit))
      assert.isFalse(yield* exists(id))
    })
  )

  it.effect("it is undone when it is interrupted, and the next one goes on", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const id = unlike()
      const started = yield* Deferred.make<void>()
      const work = Effect.andThen(insert(id), Effect.andThen(Deferred.succeed(started, undefined), Effect.never))
      const fiber = yield* Effect.forkChild(transaction(work))
      yield* Deferred.await(started)
      yield* Fiber.interrupt(fiber)
      assert.isFalse(yield* exists(id))
      yield* transaction(insert(id))
      assert.isTrue(yield* exists(id))
    })
  )

  it.effect("nobody else sees what a transaction did before it has succeeded", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const id = unlike()
      const inserted = yield* Deferred.make<void>()
      const work = Effect.andThen(insert(id), Effect.andThen(Deferred.succeed(inserted, undefined), Effect.sleep(20)))
      const fiber = yield* Effect.forkChild(Effect.flip(transaction(Effect.andThen(work, Effect.fail("undone")))))
      yield* Deferred.await(inserted)
      // Some stores let the others wait until it is over.
      assert.isFalse(yield* exists(id))
      yield* Fiber.join(fiber)
      assert.isFalse(yield* exists(id))
    })
  )

  it.effect("of transactions at once each is done as a whole or not at all", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const pairs = Array.from({ length: 12 }, (_, index) => ({ ids: [unlike(), unlike()], fails: index % 3 === 0 }))
      const works = pairs.map(({ fails, ids: [first = "", second = ""] }) =>
        Effect.exit(
          transaction(
            Effect.gen(function* () {
              yield* insert(first)
              yield* Effect.sleep(1)
              yield* insert(second)
              if (fails) yield* Effect.fail("this one")
            })
          )
        )
      )
      yield* Effect.all(works, { concurrency: "unbounded" })
      for (const { fails, ids } of pairs) for (const id of ids) assert.strictEqual(yield* exists(id), !fails)
    })
  )

  it.effect("a transaction within another fails alone", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const [before, inner, after] = [unlike(), unlike(), unlike()]
      yield* transaction(
        Effect.gen(function* () {
          yield* insert(before)
          const failed = transaction(Effect.andThen(insert(inner), Effect.fail("inner")))
          assert.strictEqual(yield* Effect.flip(failed), "inner")
          assert.isFalse(yield* exists(inner))
          yield* insert(after)
        })
      )
      assert.deepStrictEqual([yield* exists(before), yield* exists(inner), yield* exists(after)], [true, false, true])
    })
  )

  it.effect("a transaction within another is undone with it, though it had succeeded", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const [outer, inner] = [unlike(), unlike()]
      const work = Effect.gen(function* () {
        yield* insert(outer)
        yield* transaction(insert(inner))
        assert.isTrue(yield* exists(inner))
        return yield* Effect.fail("outer")
      })
      assert.strictEqual(yield* Effect.flip(transaction(work)), "outer")
      assert.deepStrictEqual([yield* exists(outer), yield* exists(inner)], [false, false])
    })
  )

  it.effect("what a constraint refuses within a transaction of its own leaves the outer one whole", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const { email } = yield* givenUser()
      const id = unlike()
      yield* transaction(
        Effect.gen(function* () {
          const users = yield* Users
          yield* insert(id)
          const twice = transaction(users.insert(userInput({ email })))
          yield* assertRefusedBy("UniqueViolation", "users_email_key", twice)
          assert.isTrue(yield* exists(id))
        })
      )
      assert.isTrue(yield* exists(id))
    })
  )

  it.effect("what a constraint refuses undoes its transaction, even where that was caught", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const { email } = yield* givenUser()
      const id = unlike()
      const work = Effect.gen(function* () {
        yield* insert(id)
        const users = yield* Users
        yield* Effect.exit(users.insert(userInput({ email })))
      })
      yield* assertRefusedBy("UniqueViolation", "users_email_key", transaction(work))
      assert.isFalse(yield* exists(id))
    })
  )

  it.effect("a stale version, an invalid row and a missing one can be caught, and the transaction goes on", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const timetable = yield* givenTimetable()
      const id = unlike()
      yield* transaction(
        Effect.gen(function* () {
          const timetables = yield* Timetables
          yield* assertFailsAs("StaleVersion", timetables.update(timetable.id, { name: "Late" }, { ifVersion: 7 }))
          yield* assertFailsAs("RowInvalid", timetables.insert(timetableInput("nobody")))
          yield* assertFailsAs("RowMissing", timetables.get(unlike()))
          yield* insert(id)
        })
      )
      assert.isTrue(yield* exists(id))
      assert.deepStrictEqual(yield* (yield* Timetables).get(timetable.id), timetable)
    })
  )

  it.effect("all rows of a transaction are made and changed at the moment at which it began", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const old = yield* givenUser()
      yield* Effect.sleep(5)
      const [first, second, changed] = yield* transaction(
        Effect.gen(function* () {
          const first = yield* givenUser()
          yield* Effect.sleep(5)
          const changed = yield* (yield* Users).update(old.id, { firstName: "New" })
          return [first, yield* transaction(givenUser()), Option.getOrThrow(changed)] as const
        })
      )
      assert.strictEqual(second.createdAt, first.createdAt)
      assert.strictEqual(changed.updatedAt, first.createdAt)
      assert.strictEqual(changed.createdAt, old.createdAt)
      assert.isAbove(Date.parse(changed.updatedAt ?? ""), Date.parse(old.updatedAt ?? ""))
    })
  )

  it.effect("two changes of one row in one transaction are told apart by their version", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const { id } = yield* givenUser()
      const users = yield* Users
      yield* transaction(
        Effect.gen(function* () {
          yield* users.update(id, { firstName: "One" }, { ifVersion: 1 })
          yield* assertFailsAs("StaleVersion", users.update(id, { firstName: "Late" }, { ifVersion: 1 }))
          yield* users.update(id, { firstName: "Two" }, { ifVersion: 2 })
        })
      )
      assert.strictEqual((yield* users.get(id)).firstName, "Two")
    })
  )

  it.effect("calls at once within a transaction are all part of it", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const ids = Array.from({ length: 5 }, unlike)
      const inserts = Effect.forEach(ids, insert, { concurrency: "unbounded" })
      yield* Effect.flip(transaction(Effect.andThen(inserts, Effect.fail("undone"))))
      for (const id of ids) assert.isFalse(yield* exists(id))
      yield* transaction(inserts)
      for (const id of ids) assert.isTrue(yield* exists(id))
    })
  )
}
