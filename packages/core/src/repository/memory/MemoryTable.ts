/** How tables in memory are declared: the promises of `CREATE TABLE` and its triggers. */
import type { Row } from "../EntityTable.ts"
import type { MemorySession } from "./MemorySession.ts"

/** No two rows have the same value. */
export interface Unique {
  /** The name of the constraint or unique index. */
  readonly constraint: string
  /** What must be unlike that of all other rows; null where the row is exempt. */
  readonly valueOf: (row: Row) => string | null
}

/** A column that holds the id of a row of another table, or null. */
export interface Reference {
  readonly constraint: string
  readonly column: string
  readonly table: string
  /** What becomes of the row when that one is removed. */
  readonly onRemove: "remove" | "setNull"
}

/** What must hold of a row. */
export interface Check {
  readonly constraint: string
  /** `before` is the row that is changed, undefined for a new one. */
  readonly holds: (row: Row, before: Row | undefined) => boolean
}

/** A table in memory. */
export interface MemoryTable {
  readonly name: string
  /** The columns of the primary key, whose constraint is `<name>_pkey`. */
  readonly key: ReadonlyArray<string>
  /** What the database fills in where an insert does not name it. */
  readonly defaults: (session: MemorySession) => Row
  /** What an update writes besides. */
  readonly touched?: (before: Row, session: MemorySession) => Row
  /** Generated columns. */
  readonly derived?: (row: Row) => Row
  /** In the order in which a database would look at them. */
  readonly checks?: ReadonlyArray<Check>
  readonly uniques?: ReadonlyArray<Unique>
  readonly references?: ReadonlyArray<Reference>
  /** What else happens when a row goes, by whatever way. */
  readonly removed?: (row: Row, session: MemorySession) => void
}

/** The value of the primary key, as {@link MemorySession} takes it. */
export const keyOf = (values: ReadonlyArray<unknown>): string => values.map(String).join("\0")

/** A unique constraint of some columns; rows with a null in one of them are exempt, as in SQL. */
export const unique = (constraint: string, ...columns: ReadonlyArray<string>): Unique => ({
  constraint,
  valueOf: (row) => {
    const values = columns.map((column) => row[column] ?? null)
    return values.includes(null) ? null : keyOf(values)
  }
})
