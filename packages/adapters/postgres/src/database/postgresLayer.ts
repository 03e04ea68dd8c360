import { PgClient } from "@effect/sql-pg"
import { type Duration, Layer, Redacted } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import { columnTypes } from "./columnTypes.ts"
import { databaseLayer, type PostgresDatabase } from "./PostgresDatabase.ts"

/** Which database, and how it is talked to. */
export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`, with `?sslmode=` where the server wants it. */
  readonly url: Redacted.Redacted
  /** The schema that holds everything of ours. Default `"public"`. */
  readonly schema?: string
  /** How many connections there are at most. Default 25, the pool that the seed gives a database. */
  readonly maxConnections?: number
  /** How many stay open while nobody needs them. Default 0. */
  readonly minConnections?: number
  /** How long a connection is waited for. Default 5 seconds. */
  readonly connectTimeout?: Duration.Input
  /**
   * Whether statements stay prepared on their connection. Must be false behind a pooler that lends connections by
   * transaction, such as PgBouncer in transaction mode. Default true, but false for a URL with `?pgbouncer=true`.
   */
  readonly prepare?: boolean
}

/** The settings that every client of ours has. */
export const clientSettings = () => ({ types: columnTypes(), transformJson: false, applicationName: "timegrid" })

/** A client and its database. */
export type DatabaseServices = PostgresDatabase | PgClient.PgClient | SqlClient.SqlClient

/** Provides the database behind a URL, with a pool of connections. Fails when it cannot be reached. */
export const postgresLayer = ({
  connectTimeout = "5 seconds",
  maxConnections = 25,
  minConnections = 0,
  prepare,
  schema,
  url
}: PostgresOptions): Layer.Layer<DatabaseServices, SqlError.SqlError> =>
  Layer.provideMerge(
    databaseLayer(schema),
    PgClient.layer({
      ...clientSettings(),
      url,
      connectTimeout,
      maxConnections,
      minConnections,
      prepare: prepare ?? !namesPgBouncer(url)
    })
  )

/** Prisma's way to say so, which many have in their URLs. */
const namesPgBouncer = (url: Redacted.Redacted) => {
  const text = Redacted.value(url)
  return URL.canParse(text) && new URL(text).searchParams.get("pgbouncer") === "true"
}
