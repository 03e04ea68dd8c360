/** Spans of time as SQL has them, against the moment at which the transaction began. */
import type { PgClient } from "@effect/sql-pg"
import type { Statement } from "effect/sql"

/** A span of milliseconds. */
export const span = (sql: PgClient.PgClient, milliseconds: number): Statement.Fragment =>
  sql`${milliseconds}::float8 * interval '1 millisecond'`

/** So long before now. */
export const ago = (sql: PgClient.PgClient, milliseconds: number): Statement.Fragment =>
  sql`now() - ${span(sql, milliseconds)}`
