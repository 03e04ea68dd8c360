/** Review tasks in the order in which they want a person: the most urgent first, and of those alike the oldest. */
import { Effect, Option } from "effect"
import { CursorUnknown, decodeListCursor, encodeListCursor, type ListPosition } from "./listCursor.ts"
import type { ListQuery } from "./Repository.ts"
import { type RepositoryError, RowInvalid } from "./RepositoryError.ts"
import { type ReviewTaskFilter, reviewTaskTable } from "./ReviewTasks.ts"

/** The last task of a page; the next one begins behind it. */
export interface UrgencyPosition extends ListPosition {
  /** See `reviewPriorityRanks`. */
  readonly rank: number
}

/** A part of the list, ready for a query. */
export interface UrgencyPart {
  readonly filter: ReviewTaskFilter
  readonly limit: number
  readonly after: Option.Option<UrgencyPosition>
}

const listName = (rank: number) => `${reviewTaskTable.name} of rank ${rank}`

/** The cursor of a position in the list under `filter`. */
export const encodeUrgencyCursor = (filter: ReviewTaskFilter, { rank, ...position }: UrgencyPosition): string =>
  `${rank}.${encodeListCursor(listName(rank), filter, position)}`

/** Fails with `RowInvalid` for a cursor of another list or filter, or a limit out of range. */
export const urgencyPartOf = Effect.fnUntraced(function* ({
  after,
  ...query
}: ListQuery<ReviewTaskFilter> = {}): Effect.fn.Return<UrgencyPart, RepositoryError> {
  const { filter, limit } = yield* reviewTaskTable.listOf(query)
  if (after === undefined) return { filter, limit, after: Option.none() }
  const rank = Number(after[0])
  const position = decodeListCursor(listName(rank), filter, after.slice("0.".length))
  if (Option.isSome(position)) return { filter, limit, after: Option.some({ rank, ...position.value }) }
  return yield* reviewTaskTable.failure(new RowInvalid({ cause: new CursorUnknown() }))
})
