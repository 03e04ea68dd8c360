import type { Row } from "../EntityTable.ts"

/** What a statement may do with the tables. A write that a constraint refuses throws a `RepositoryError`. */
export interface MemorySession {
  /** The store's clock: the moment at which the transaction began. */
  readonly now: Date
  /** A number that no other call was given, growing: what `GENERATED ALWAYS AS IDENTITY` gives. */
  readonly nextNumber: (table: string) => number
  /** All rows, in no certain order. Rows do not change; an update puts another in the place. */
  readonly rows: (table: string) => ReadonlyArray<Row>
  /** The row with this primary key, its values in the order of the table's key. */
  readonly find: (table: string, ...key: ReadonlyArray<unknown>) => Row | undefined
  readonly insert: (table: string, columns: Row) => Row
  /** The changed row; undefined where there is none with this key. */
  readonly update: (table: string, key: ReadonlyArray<unknown>, columns: Row) => Row | undefined
  /** Whether there was such a row; what refers to it goes too, or loses the reference. */
  readonly remove: (table: string, ...key: ReadonlyArray<unknown>) => boolean
}
