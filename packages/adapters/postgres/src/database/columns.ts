import type { PgClient } from "@effect/sql-pg"
import type { Row } from "@timegrid/core/repository"

/** Columns for `sql.insert` and `sql.update`: what lies in a `jsonb` column is written as JSON. */
export const withJson = (sql: PgClient.PgClient, row: Row, jsonColumns: ReadonlyArray<string>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value !== null && jsonColumns.includes(name) ? sql.json(value) : value
    ])
  )
