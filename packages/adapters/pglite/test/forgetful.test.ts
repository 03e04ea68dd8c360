import { randomUUID } from "node:crypto"
import { UploadedDocuments, Users } from "@timegrid/core/repository"
import {
  PostgresCache,
  PostgresCacheReferences,
  PostgresDatabase,
  PostgresRepositories,
  PostgresSessionStore
} from "@timegrid/postgres"
import { cacheContract, cacheReferencesContract, sessionStoreContract } from "@timegrid/testing"
import { Duration, Effect, Layer } from "effect"
import { Pglite } from "../src/index.ts"

const database = Pglite.layer({ folder: null })
const rows = Layer.provideMerge(PostgresRepositories.layer, database)

const email = () => `${randomUUID()}@school.example`
const makeUser = Effect.suspend(() =>
  Users.use((users) =>
    users.insert({ email: email(), passwordHash: "scrypt$hash", firstName: "Ada", lastName: "Byron" })
  )
).pipe(Effect.orDie)

/** Takes so much from the times of all rows of a table. */
const age = (table: string, columns: ReadonlyArray<string>) => (duration: Duration.Duration) =>
  PostgresDatabase.use(({ name, sql }) => {
    const aged = columns.map((column) => `${column} = ${column} - interval '${Duration.toSeconds(duration)} seconds'`)
    return Effect.orDie(sql`UPDATE ${name(table)} SET ${sql.literal(aged.join(", "))}`)
  }).pipe(Effect.asVoid)

sessionStoreContract("PGlite", Layer.provideMerge(PostgresSessionStore.layer, rows), {
  makeUser: Effect.map(makeUser, ({ email, id, role }) => ({ userId: id, email, role })),
  passTime: age("sessions", ["last_access", "expires_at"])
})

cacheContract("PGlite", Layer.provideMerge(PostgresCache.layer, database), {
  passTime: age("cache_entries", ["expires_at"])
})

cacheReferencesContract("PGlite", Layer.provideMerge(PostgresCacheReferences.layer, rows), {
  makeDocument: Effect.gen(function* () {
    const { id: userId } = yield* makeUser
    const documents = yield* UploadedDocuments
    const document = {
      userId,
      fileName: "week.pdf",
      fileType: "application/pdf",
      fileSize: 1,
      s3Bucket: "local"
    } as const
    return (yield* documents.insert({ ...document, s3Key: randomUUID() })).id
  }).pipe(Effect.orDie)
})
