/** The table that says which migrations a schema has seen. */
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import * as z from "zod"
import { qualifiedName, quotedName } from "../database/qualifiedName.ts"
import type { Migration } from "./Migration.ts"

/** What the history holds of one migration. */
export interface AppliedMigration {
  readonly version: number
  readonly file: string
  readonly checksum: string
  readonly appliedAt: Date
  /** Null while a file outside of a transaction is at work, or when it was left half done. */
  readonly finishedAt: Date | null
}

const Rows = z.array(
  z
    .object({
      version: z.number(),
      file: z.string(),
      checksum: z.string(),
      applied_at: z.date(),
      finished_at: z.date().nullable()
    })
    .transform(({ applied_at: appliedAt, finished_at: finishedAt, ...row }) => ({ ...row, appliedAt, finishedAt }))
)

const table = (schema: string) => qualifiedName(schema, "timegrid_migrations")

/** Makes the schema and its history where they are missing. */
export const createHistory = Effect.fnUntraced(function* (schema: string) {
  const sql = yield* SqlClient.SqlClient
  // Asked first, since a role without the right to make schemas may still use one that is there.
  const found = yield* sql`SELECT 1 FROM pg_namespace WHERE nspname = ${schema}`
  if (found.length === 0) yield* sql`CREATE SCHEMA ${quotedName(schema)}`
  yield* sql`
    CREATE TABLE IF NOT EXISTS ${table(schema)} (
      version INTEGER PRIMARY KEY,
      file TEXT NOT NULL,
      checksum TEXT NOT NULL,
      applied_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(),
      finished_at TIMESTAMP WITH TIME ZONE
    )`
})

/** The history in order of version; none where there is no such table yet. */
export const readHistory = Effect.fnUntraced(function* (schema: string) {
  const sql = yield* SqlClient.SqlClient
  const found = yield* sql`
    SELECT 1 FROM pg_tables WHERE schemaname = ${schema} AND tablename = 'timegrid_migrations'`
  if (found.length === 0) return []
  const rows = yield* sql`
    SELECT version, file, checksum, applied_at, finished_at FROM ${table(schema)} ORDER BY version`
  // The table is ours: a row of another shape is a defect.
  return Rows.parse(rows) satisfies ReadonlyArray<AppliedMigration>
})

/** Writes down that a migration has begun, and that it has ended too where it `isFinished`. */
export const enterMigration = Effect.fnUntraced(function* (
  schema: string,
  { checksum, file, version }: Migration,
  isFinished: boolean
) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`
    INSERT INTO ${table(schema)} (version, file, checksum, finished_at)
    VALUES (${version}, ${file}, ${checksum}, CASE WHEN ${isFinished}::boolean THEN clock_timestamp() END)`
})

/** Writes down that a migration outside of a transaction has ended. */
export const finishMigration = Effect.fnUntraced(function* (schema: string, { version }: Migration) {
  const sql = yield* SqlClient.SqlClient
  yield* sql`UPDATE ${table(schema)} SET finished_at = clock_timestamp() WHERE version = ${version}`
})
