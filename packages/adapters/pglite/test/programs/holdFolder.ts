/** Opens the folder of its argument, commits one row, and stays amid a transaction with a second. */
import { UnitOfWork, Users } from "@timegrid/core/repository"
import { PostgresRepositories } from "@timegrid/postgres"
import { Effect, Layer } from "effect"
import { Pglite } from "../../src/index.ts"

const insert = (email: string) =>
  Users.use((users) => users.insert({ email, passwordHash: "scrypt$hash", firstName: "Ada", lastName: "Byron" }))

const hold = Effect.gen(function* () {
  yield* insert("committed@school.example")
  const { transaction } = yield* UnitOfWork
  const amid = Effect.andThen(
    insert("lost@school.example"),
    Effect.sync(() => process.stdout.write("held\n"))
  )
  yield* transaction(Effect.andThen(amid, Effect.never))
})

const folder = process.argv[2] ?? null
await Effect.runPromise(Effect.provide(hold, Layer.provide(PostgresRepositories.layer, Pglite.layer({ folder }))))
