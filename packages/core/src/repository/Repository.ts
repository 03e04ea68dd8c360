import type { Effect, Option, Stream } from "effect"
import type { RepositoryError } from "./RepositoryError.ts"

/** An entity as it is stored: with the number of its changes, 1 for a new one. */
export type Stored<Entity> = Entity & { readonly version: number }

/** The entities of one page of a list. */
export interface ListPage<Entity> {
  readonly items: ReadonlyArray<Stored<Entity>>
  /** Where the next page begins; null behind the last one. Opaque, good for the same filter only. */
  readonly nextCursor: string | null
}

/** What part of a list is wanted. */
export interface ListQuery<Filter> {
  readonly filter?: Filter
  /** From 1 to 100. Default 20. */
  readonly limit?: number
  /** The `nextCursor` of the page before. Default the first page. */
  readonly after?: string
}

/**
 * Keeps the entities of one table. Lists and streams run from the newest to the oldest, and by id where two were made
 * at the same moment. Whatever a call is given is parsed first: what does not fit fails with `RowInvalid` and is not
 * written. Adapters are checked by the contract suite of each repository.
 */
export interface Repository<Entity, Input, Changes, Filter> {
  readonly insert: (input: Input) => Effect.Effect<Stored<Entity>, RepositoryError>
  /** All or none, in one statement; the result is in the order of the inputs. */
  readonly insertMany: (inputs: ReadonlyArray<Input>) => Effect.Effect<ReadonlyArray<Stored<Entity>>, RepositoryError>
  readonly find: (id: string) => Effect.Effect<Option.Option<Stored<Entity>>, RepositoryError>
  /** None where there is no such row; with `ifVersion`, fails with `StaleVersion` when the row has another version. */
  readonly update: (
    id: string,
    changes: Changes,
    options?: { readonly ifVersion?: number }
  ) => Effect.Effect<Option.Option<Stored<Entity>>, RepositoryError>
  /** Whether there was such a row; `ifVersion` as for `update`. */
  readonly remove: (id: string, options?: { readonly ifVersion?: number }) => Effect.Effect<boolean, RepositoryError>
  /** Fails with `RowInvalid` for a cursor that no list gave, or a limit out of range. */
  readonly list: (query?: ListQuery<Filter>) => Effect.Effect<ListPage<Entity>, RepositoryError>
  /** All entities of a filter, however many: read in parts, each by a query of its own. */
  readonly stream: (filter?: Filter) => Stream.Stream<Stored<Entity>, RepositoryError>
}
