/** One database in memory, which all repositories and queues in memory share. */
import { Clock, Context, Effect, Exit, Layer, Semaphore } from "effect"
import { RepositoryError } from "../RepositoryError.ts"
import type { UnitOfWork } from "../UnitOfWork.ts"
import type { MemorySession } from "./MemorySession.ts"
import { makeTables } from "./memoryTables.ts"
import { makeStatement, type Undo } from "./statement.ts"
import { tables } from "./tables/index.ts"

/** A transaction that is under way. */
interface Transaction {
  /** Whoever writes or reads in it takes turns. */
  readonly turns: Semaphore.Semaphore
  readonly now: Date
  readonly undo: Array<Undo>
  /** What a constraint refused in it. */
  spoiledBy: RepositoryError | null
  /** Who was started in a transaction and outlives it is no part of it any more. */
  isOver: boolean
}

/**
 * Rows in memory, one transaction at a time: who comes while another's is under way waits for its end. Statements are
 * all or nothing, as in SQL.
 */
export class MemoryDatabase extends Context.Service<
  MemoryDatabase,
  {
    /** Runs a statement in the transaction of whoever calls, or in one of its own. */
    readonly statement: <A>(run: (session: MemorySession) => A) => Effect.Effect<A, RepositoryError>
    readonly transaction: UnitOfWork["Service"]["transaction"]
  }
>()("@timegrid/core/repository/MemoryDatabase") {}

let databases = 0

/** An empty database of its own, which lives as long as it is referred to. */
const make = (): MemoryDatabase["Service"] => {
  databases += 1
  const store = makeTables(tables)
  const turns = Semaphore.makeUnsafe(1)
  const Current = Context.Reference<Transaction | null>(`@timegrid/core/repository/MemoryDatabase/${databases}`, {
    defaultValue: () => null
  })
  const current = Effect.map(Current, (transaction) => (transaction?.isOver === true ? null : transaction))
  const now = Effect.map(Clock.currentTimeMillis, (milliseconds) => new Date(milliseconds))

  const statementIn = <A>(transaction: Transaction | null, run: (session: MemorySession) => A) =>
    Effect.flatMap(transaction === null ? now : Effect.succeed(transaction.now), (moment) => {
      if (transaction?.spoiledBy != null) return Effect.fail(transaction.spoiledBy)
      const undo: Array<Undo> = []
      try {
        const { session, settle } = makeStatement(store, moment, undo)
        const result = run(session)
        settle()
        if (transaction !== null) keep(transaction.undo, undo)
        return Effect.succeed(ownCopy(result))
      } catch (error) {
        takeBack(undo)
        if (!(error instanceof RepositoryError)) throw error
        if (transaction !== null && isViolation(error)) transaction.spoiledBy = error
        return Effect.fail(error)
      }
    })

  return {
    statement: (run) =>
      Effect.flatMap(current, (transaction) => (transaction?.turns ?? turns).withPermit(statementIn(transaction, run))),
    transaction: <A, E, R>(work: Effect.Effect<A, E, R>) =>
      Effect.gen(function* () {
        const outer = yield* current
        const whole = Effect.uninterruptibleMask((restore) =>
          Effect.gen(function* () {
            const transaction = begun(outer?.now ?? (yield* now))
            const exit = yield* Effect.exit(restore(Effect.provideService(work, Current, transaction)))
            transaction.isOver = true
            const { spoiledBy } = transaction
            if (Exit.isFailure(exit) || spoiledBy !== null) takeBack(transaction.undo)
            else if (outer !== null) keep(outer.undo, transaction.undo)
            if (Exit.isSuccess(exit) && spoiledBy !== null) return yield* spoiledBy
            return yield* exit
          })
        )
        return yield* (outer?.turns ?? turns).withPermit(whole)
      })
  }
}

/** Provides `MemoryDatabase`; what it holds is gone with the process. */
export const layer: Layer.Layer<MemoryDatabase> = Layer.sync(MemoryDatabase, make)

/** What leaves the database is the caller's own, who may change it. */
const ownCopy = <Value>(value: Value): Value => {
  const copy = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(copy)
    if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype) return part
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, copy(item)]))
  }
  // Every part keeps its shape.
  return copy(value) as Value
}

const begun = (now: Date): Transaction => ({
  turns: Semaphore.makeUnsafe(1),
  now,
  undo: [],
  spoiledBy: null,
  isOver: false
})

const isViolation = ({ reason }: RepositoryError) =>
  reason._tag === "UniqueViolation" || reason._tag === "ConstraintViolation"

const keep = (into: Array<Undo>, steps: ReadonlyArray<Undo>) => {
  for (const step of steps) into.push(step)
}

const takeBack = (steps: ReadonlyArray<Undo>) => {
  for (const step of steps.toReversed()) step()
}
