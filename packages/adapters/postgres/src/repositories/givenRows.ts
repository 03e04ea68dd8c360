/**
 * Rows as one parameter of JSON, whose columns get their types from the table itself: a statement has one parameter
 * however many rows there are, and no type of a column is written down twice.
 */
import { PgTypes } from "@effect/sql-pg"
import type { Row } from "@timegrid/core/repository"
import type { Statement } from "effect/sql"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"

/** Names of columns, quoted, as a list in SQL. */
export const columnList = (columns: ReadonlyArray<string>): string => columns.map((column) => `"${column}"`).join(", ")

/** `FROM` item `given` with the rows of a table, in their order. */
export const givenRows = (
  { name, sql }: PostgresDatabase["Service"],
  table: string,
  rows: ReadonlyArray<Row>
): Statement.Fragment => sql`jsonb_populate_recordset(NULL::${name(table)}, ${PgTypes.jsonb(rows)}) AS given`

/** The columns of an `INSERT` and what is selected from {@link givenRows} for them. */
export const insertedColumns = (
  { sql }: PostgresDatabase["Service"],
  rows: ReadonlyArray<Row>
): { readonly columns: Statement.Fragment; readonly values: Statement.Fragment } => {
  const named = new Set<string>()
  for (const row of rows) for (const name in row) if (row[name] !== undefined) named.add(name)
  const names = Array.from(named)
  // An id is the one column that some rows may leave to the database while others name it.
  const values = names.map((name) => (name === "id" ? "COALESCE(given.id, gen_random_uuid())" : `given."${name}"`))
  return { columns: sql.literal(columnList(names)), values: sql.literal(values.join(", ")) }
}
