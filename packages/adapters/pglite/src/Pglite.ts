/** An embedded PostgreSQL for one process. Used as a namespace: `Pglite.layer`. */
import { PgClient } from "@effect/sql-pg"
import {
  clientSettings,
  type DatabaseServices,
  databaseLayer,
  type MigrationError,
  type MigrationFilesInvalid,
  migrate,
  postgresMigrations
} from "@timegrid/postgres"
import { Effect, Layer } from "effect"
import type { SqlError } from "effect/sql"
import { openPglite, type PgliteFolder } from "./openPglite.ts"
import type { FolderInUse, FolderUnusable } from "./PgliteError.ts"
import { pgliteStream } from "./pgliteStream.ts"

/** Which database, and where in it. */
export interface PgliteOptions {
  /** Where the database lies; made where it is missing. Null for one in memory, which is gone with the layer. */
  readonly folder: PgliteFolder
  /** The schema that holds everything of ours. Default `"public"`. */
  readonly schema?: string
}

/** Why an embedded database could not be opened. */
export type PgliteError = FolderInUse | FolderUnusable | MigrationError | MigrationFilesInvalid | SqlError.SqlError

/**
 * Provides the database of a folder, brought up to date. Only one process at a time may have it open; another fails with
 * `FolderInUse`. What was committed survives the end of the process, however it ends; a power failure may take what was
 * written since the database was opened.
 */
export const layer = ({ folder, schema = "public" }: PgliteOptions): Layer.Layer<DatabaseServices, PgliteError> =>
  Layer.tap(layerWithoutMigrations({ folder, schema }), (services) =>
    Effect.flatMap(postgresMigrations, (migrations) => Effect.provideContext(migrate({ migrations, schema }), services))
  )

/** The same with the schema as it is found. */
export const layerWithoutMigrations = ({
  folder,
  schema
}: PgliteOptions): Layer.Layer<DatabaseServices, FolderInUse | FolderUnusable | SqlError.SqlError> =>
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
