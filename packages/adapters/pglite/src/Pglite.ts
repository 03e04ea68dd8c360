/** An embedded PostgreSQL for one process. Used as a namespace: `Pglite.layer`. */
import { PgClient } from "@effect/sql-pg"
import {
  clientSettings,
  type DatabaseServices,
  databaseLayer,
  type MigrateOptions,
  type Migration,
  type MigrationError,
  type MigrationFilesInvalid,
  migrate,
  migrationStatus,
  postgresMigrations
} from "@timegrid/postgres"
import { Effect, Layer } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { openPglite, type PgliteFolder } from "./openPglite.ts"
import { type FolderInUse, FolderUnusable } from "./PgliteError.ts"
import { pgliteStream } from "./pgliteStream.ts"
import { dropSafetyCopy, makeSafetyCopy } from "./safetyCopy.ts"

/** Where the database lies, and where in it. */
export interface PglitePlace {
  /** Where the database lies; made where it is missing. Null for one in memory, which is gone with the layer. */
  readonly folder: PgliteFolder
  /** The schema that holds everything of ours. Default `"public"`. */
  readonly schema?: string
}

/** Which database, and what brings it up to date. */
export interface PgliteOptions extends PglitePlace {
  /** Default those that come with @timegrid/postgres. */
  readonly migrations?: ReadonlyArray<Migration>
}

/** Why an embedded database could not be opened. */
export type PgliteError = FolderInUse | FolderUnusable | MigrationError | MigrationFilesInvalid | SqlError.SqlError

/**
 * Provides the database of a folder, brought up to date. Only one process at a time may have it open; another fails with
 * `FolderInUse`. What was committed survives the end of the process, however it ends; a power failure may take what was
 * written since the database was opened.
 */
export const layer = ({
  folder,
  migrations,
  schema = "public"
}: PgliteOptions): Layer.Layer<DatabaseServices, PgliteError> =>
  Layer.tap(layerWithoutMigrations({ folder, schema }), (services) =>
    Effect.flatMap(migrations === undefined ? postgresMigrations : Effect.succeed(migrations), (wanted) =>
      Effect.provideContext(migrateFolder(folder, { migrations: wanted, schema }), services)
    )
  )

/**
 * `migrate` for an embedded database. Its files are copied before they are changed; the copy is put back when the database
 * is closed after a failure, or opened after the end of a process.
 */
export const migrateFolder = Effect.fn("Pglite.migrateFolder")(function* (
  folder: PgliteFolder,
  options: MigrateOptions
): Effect.fn.Return<ReadonlyArray<Migration>, FolderUnusable | MigrationError, SqlClient.SqlClient> {
  const statuses = yield* migrationStatus(options)
  const isNew = statuses.every(({ appliedAt }) => appliedAt === null)
  const isCurrent = statuses.every(({ state }) => state === "applied")
  if (folder === null || isNew || isCurrent) return yield* migrate(options)
  const sql = yield* SqlClient.SqlClient
  yield* Effect.mapError(sql`CHECKPOINT`, (cause) => new FolderUnusable({ folder, cause }))
  yield* inFolder(folder, makeSafetyCopy)
  const applied = yield* migrate(options)
  yield* inFolder(folder, dropSafetyCopy)
  return applied
})

const inFolder = (folder: string, work: (folder: string) => Promise<void>) =>
  Effect.tryPromise({ try: () => work(folder), catch: (cause) => new FolderUnusable({ folder, cause }) })

/** The same with the schema as it is found. */
export const layerWithoutMigrations = ({
  folder,
  schema
}: PglitePlace): Layer.Layer<DatabaseServices, FolderInUse | FolderUnusable | SqlError.SqlError> =>
  Layer.provideMerge(
    databaseLayer(schema),
    Layer.unwrap(
      Effect.map(openPglite(folder), (database) =>
        PgClient.layer({
          ...clientSettings(),
          stream: () => pgliteStream(database),
          // The credentials of a database that checks none.
          username: "postgres",
          database: "postgres",
          // It has one session: with more than one client, transactions would mix.
          minConnections: 1,
          maxConnections: 1
        })
      )
    )
  )
