// Timetables in your own PostgreSQL, in a schema of their own beside your tables. DATABASE_URL=postgres://… node main.ts
// Without a DATABASE_URL an embedded one in memory takes its place; the rest stays the same.
import type { Extraction, TimeblockInput } from "@timegrid/core"
import { Timeblocks, Timetables, UnitOfWork, Users } from "@timegrid/core/repository"
import { Pglite } from "@timegrid/pglite"
import { migrate, PostgresRepositories, postgresLayer, postgresMigrations } from "@timegrid/postgres"
import { Console, Effect, Layer, Option, Redacted } from "effect"
import { createTimegrid } from "timegrid"

const schema = "timegrid"
const url = process.env.DATABASE_URL
const database = url ? postgresLayer({ url: Redacted.make(url), schema }) : Pglite.layer({ folder: null, schema })

// The id that the user has in your own system; see docs/migrations.md for keeping many in step.
const yourUser = { id: "7d0f2b6e-3c1a-4f5d-9a53-0f5c6f0a1e11", email: "ada@school.example" }

const knownUser = Effect.gen(function* () {
  const users = yield* Users
  const known = yield* users.find(yourUser.id)
  if (Option.isSome(known)) return known.value
  return yield* users.insert({ ...yourUser, passwordHash: "!", firstName: "Ada", lastName: "Byron" })
})

const blocksOf = ({ timeblocks }: Extraction, timetableId: string): ReadonlyArray<TimeblockInput> =>
  timeblocks.flatMap(({ dayOfWeek, endTime, name, startTime }) =>
    dayOfWeek === null || startTime === null || endTime === null
      ? []
      : [{ timetableId, name, dayOfWeek, startTime, endTime }]
  )

/** All or nothing: a timetable without its blocks is never seen. */
const save = Effect.fn("save")(function* (extraction: Extraction) {
  const { transaction } = yield* UnitOfWork
  return yield* transaction(
    Effect.gen(function* () {
      const { id: userId } = yield* knownUser
      const className = extraction.metadata.className
      const input = { userId, name: className ?? extraction.file, className, year: 2026, status: "active" as const }
      const { id } = yield* (yield* Timetables).insert(input)
      yield* (yield* Timeblocks).insertMany(blocksOf(extraction, id))
      return id
    })
  )
})

const timegrid = await createTimegrid()
try {
  const extraction = await timegrid.extract(new URL("../samples/class-week.pdf", import.meta.url))
  const program = Effect.gen(function* () {
    yield* migrate({ migrations: yield* postgresMigrations, schema })
    const { name, timeblocks } = Option.getOrThrow(yield* (yield* Timetables).findFilled(yield* save(extraction)))
    for (const block of timeblocks)
      yield* Console.log(name, block.dayOfWeek, block.startTime, block.endTime, block.name)
  })
  await Effect.runPromise(program.pipe(Effect.provide(Layer.provideMerge(PostgresRepositories.layer, database))))
} finally {
  await timegrid.close()
}
