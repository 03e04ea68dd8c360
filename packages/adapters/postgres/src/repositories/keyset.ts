/** Parts of lists that are ordered from the newest to the oldest, and by id where two were made at the same moment. */
import { encodeListCursor, type ListPosition, type Row } from "@timegrid/core/repository"
import { Option } from "effect"
import { parameter, type Values, where } from "./conditions.ts"

/** Of a row without a moment, which the seed allows and we never write: Postgres counts it the newest. */
const noMoment = Number.MAX_SAFE_INTEGER

/** What a query selects besides its columns, for {@link positionOf}; as fine as Postgres keeps moments. */
export const createdMicros = `COALESCE((extract(epoch FROM created_at) * 1000000)::int8, ${noMoment}) AS created_micros`

/** The rows that match and come behind a position, as the end of a statement with these values. */
export const behind = (
  conditions: ReadonlyArray<string>,
  after: Option.Option<ListPosition>,
  limit: number,
  values: Values
): string => {
  const position = Option.match(after, {
    onNone: () => [],
    onSome: ({ createdMicros, id }) =>
      createdMicros === noMoment
        ? [`(created_at IS NOT NULL OR id < ${parameter(values, id)}::uuid)`]
        : [`(created_at, id) < (${momentOf(createdMicros, values)}, ${parameter(values, id)}::uuid)`]
  })
  const order = `ORDER BY created_at DESC, id DESC LIMIT ${parameter(values, limit)}`
  return `${where([...conditions, ...position])} ${order}`
}

/** The moment of a position: a multiple of one microsecond is exact; a number of seconds would not be. */
export const momentOf = (micros: number, values: Values): string =>
  `'epoch'::timestamptz + ${parameter(values, micros)}::int8 * interval '1 microsecond'`

/** Where a row stands in the list. */
export const positionOf = ({ created_micros, id }: Row): ListPosition => ({
  // Selected by the two lines above.
  createdMicros: created_micros as number,
  id: id as string
})

/** The cursor behind the first `limit` of the rows, when there are more. */
export const cursorBehind = <R>(
  list: string,
  filter: object,
  rows: ReadonlyArray<R>,
  limit: number,
  placeOf: (row: R) => ListPosition
): string | null => {
  const last = rows[limit - 1]
  return last === undefined || rows.length <= limit ? null : encodeListCursor(list, filter, placeOf(last))
}
