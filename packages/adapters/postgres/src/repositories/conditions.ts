/** How filters become conditions of a `WHERE`. */

/** A condition of SQL, given what stands there for the value that a filter wants: once. */
type Condition = (wanted: string) => string

/** A condition for each field that a filter may have. */
export type Conditions<Filter> = { readonly [Name in keyof Filter & string]-?: Condition }

/**
 * The values of a statement that is put together as text: lists are read so often that building them of fragments would
 * cost a fifth of the call.
 */
export type Values = Array<unknown>

/** The parameter that stands for a value, which is put behind the others. */
export const parameter = (values: Values, value: unknown): string => `$${values.push(value)}`

/** The conditions for the fields that the filter has. */
export const conditionsOf = <Filter extends object>(
  conditions: Conditions<Filter>,
  filter: Filter,
  values: Values
): Array<string> => {
  const found: Array<string> = []
  // Filters were parsed: they have the fields of their type alone.
  for (const name in filter) {
    const wanted = filter[name]
    if (wanted !== undefined) found.push(conditions[name](parameter(values, wanted)))
  }
  return found
}

/** `WHERE` and what all have to meet; nothing where there is nothing to meet. */
export const where = (conditions: ReadonlyArray<string>): string =>
  conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`

/** The column has the value. */
export const equal =
  (column: string): Condition =>
  (wanted) =>
    `"${column}" = ${wanted}`

/** The column has one of the values. */
export const oneOf =
  (column: string): Condition =>
  (wanted) =>
    `"${column}" = ANY (${wanted})`

/** The column is of an earlier moment; a null is of none. */
export const before =
  (column: string): Condition =>
  (wanted) =>
    `"${column}" < ${wanted}::timestamptz`

/** The columns have all words of the text; in the words of the seed's indexes, so that these are used. */
export const words =
  (column: string, other: string): Condition =>
  (wanted) =>
    `to_tsvector('english', "${column}" || ' ' || COALESCE("${other}", '')) @@ plainto_tsquery('english', ${wanted})`
