import type { Effect, Option, Stream } from "effect"
import * as z from "zod"
import { quickWhere } from "../domain/quick.ts"
import type { RepositoryError } from "./RepositoryError.ts"

/** An entity as it is stored: with the number of its changes, 1 for a new one. */
export type Stored<Entity> = Entity & { readonly version: number }

/** The entities of one page of a list. */
export interface ListPage<Entity> {
  readonly items: ReadonlyArray<Entity>
  /** Where the next page begins; null behind the last one. Opaque, good for the same list and filter only. */
  readonly nextCursor: string | null
}

/** What part of a list is wanted. */
export interface ListQuery<Filter> {
  /** Default everything. */
  readonly filter?: Filter | undefined
  /** From 1 to 100. Default 20. */
  readonly limit?: number | undefined
  /** The `nextCursor` of the page before. Default the first page. */
  readonly after?: string | undefined
}

/** How many items a page of a list may have. */
export const ListLimit = quickWhere(
  z.int().min(1).max(100),
  (value) => typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 100
).default(20)

/** On what condition a row is changed or removed. */
export interface WriteOptions {
  /** Fails with `StaleVersion` when the row has another version. Default any version. */
  readonly ifVersion?: number | undefined
}

/**
 * Keeps the entities of one table. Adapters are checked by `repositoryContract` and by the contract suite of each
 * repository.
 *
 * Whatever a call is given is parsed first: what does not fit fails with `RowInvalid`, and nothing is written. An id
 * that is no UUID is the id of no row. Lists and streams run from the newest to the oldest, and by id where two were
 * made at the same moment. What is refused by a constraint fails with its name and leaves the table as it was.
 */
export interface Repository<Entity, Input, Changes, Filter> {
  /** Fails with `UniqueViolation` or `ConstraintViolation`. */
  readonly insert: (input: Input) => Effect.Effect<Stored<Entity>, RepositoryError>
  /** All or none, in one statement; the result is in the order of the inputs. */
  readonly insertMany: (inputs: ReadonlyArray<Input>) => Effect.Effect<ReadonlyArray<Stored<Entity>>, RepositoryError>
  readonly find: (id: string) => Effect.Effect<Option.Option<Stored<Entity>>, RepositoryError>
  /** Fails with `RowMissing` where there is no such row. */
  readonly get: (id: string) => Effect.Effect<Stored<Entity>, RepositoryError>
  /** None where there is no such row. No changes at all count as one: the version grows. */
  readonly update: (
    id: string,
    changes: Changes,
    options?: WriteOptions
  ) => Effect.Effect<Option.Option<Stored<Entity>>, RepositoryError>
  /** Whether there was such a row. */
  readonly remove: (id: string, options?: WriteOptions) => Effect.Effect<boolean, RepositoryError>
  /**
   * A page of the rows that match. Rows that come or go between two pages neither repeat nor hide the others. Fails with
   * `RowInvalid` for a cursor of another list or filter, a limit out of range, or a filter with text that no row can hold.
   */
  readonly list: (query?: ListQuery<Filter>) => Effect.Effect<ListPage<Stored<Entity>>, RepositoryError>
  /** All rows that match, however many: read in parts, each by a query of its own. */
  readonly stream: (filter?: Filter) => Stream.Stream<Stored<Entity>, RepositoryError>
}
