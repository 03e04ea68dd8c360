import { Context, type Effect } from "effect"
import type { RepositoryError } from "./RepositoryError.ts"

/** Work on several repositories that is done as a whole or not at all. Adapters are checked by `unitOfWorkContract`. */
export class UnitOfWork extends Context.Service<
  UnitOfWork,
  {
    /**
     * Everything that repositories do in `work` is one transaction: undone when it fails, dies or is interrupted. Within
     * another transaction it is a part of that one that can fail alone.
     *
     * A call that a constraint refuses spoils its transaction, which then fails with that error even where the error was
     * caught: put what may be refused in a transaction of its own.
     */
    readonly transaction: <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E | RepositoryError, R>
  }
>()("@timegrid/core/repository/UnitOfWork") {}
