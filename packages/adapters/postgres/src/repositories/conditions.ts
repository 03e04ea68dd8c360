/** How filters become conditions of a `WHERE`. */
import type { PgClient } from "@effect/sql-pg"
import type { Statement } from "effect/sql"

/** The condition for what a filter wants of one of its fields. */
type Condition<Wanted> = (sql: PgClient.PgClient, wanted: Wanted) => Statement.Fragment

/** A condition for each field that a filter may have. */
export type Conditions<Filter> = {
  readonly [Name in keyof Filter & string]-?: Condition<NonNullable<Filter[Name]>>
}

/** The conditions for the fields that the filter has. */
export const conditionsOf = <Filter extends object>(
  sql: PgClient.PgClient,
  conditions: Conditions<Filter>,
  filter: Filter
): ReadonlyArray<Statement.Fragment> =>
  Object.entries(filter).flatMap(([name, wanted]) => {
    // Filters were parsed: they have the fields of their type alone.
    const condition = conditions[name as keyof Filter & string]
    return wanted === undefined ? [] : [condition(sql, wanted)]
  })

/** The column has the value. */
export const equal =
  (column: string): Condition<string | number | boolean> =>
  (sql, wanted) =>
    sql`${sql(column)} = ${wanted}`

/** The column has one of the values. */
export const oneOf =
  (column: string): Condition<ReadonlyArray<string>> =>
  (sql, wanted) =>
    sql`${sql(column)} = ANY (${wanted})`

/** The column is of an earlier moment; a null is of none. */
export const before =
  (column: string): Condition<string> =>
  (sql, wanted) =>
    sql`${sql(column)} < ${wanted}::timestamptz`

/** The columns have all words of the text; in the words of the seed's indexes, so that these are used. */
export const words =
  (column: string, other: string): Condition<string> =>
  (sql, wanted) =>
    sql`to_tsvector('english', ${sql(column)} || ' ' || COALESCE(${sql(other)}, '')) @@ plainto_tsquery('english', ${wanted})`
