/** One schema of a PostgreSQL database: what the SQL of every service goes through. */
import { PgClient, type PgConnection } from "@effect/sql-pg"
import { RepositoryError, type UnitOfWork } from "@timegrid/core/repository"
import { Cause, Context, Effect, Exit, Layer } from "effect"
import { SqlError, type Statement } from "effect/sql"
import { qualifiedName } from "./qualifiedName.ts"
import { storeFailure } from "./storeFailure.ts"

/**
 * A schema, and how its tables are written and read. Statements name every object of it by `name(…)`, so that no search
 * path matters.
 *
 * @example
 * const { name, run, sql } = yield* PostgresDatabase
 * const rows = yield* run("users", sql`SELECT id FROM ${name("users")} WHERE role = ${role}`)
 */
export class PostgresDatabase extends Context.Service<
  PostgresDatabase,
  {
    readonly sql: PgClient.PgClient
    /** The schema that holds everything of ours. */
    readonly schema: string
    /** A table, view, function or other object of the schema by its qualified name, quoted. */
    readonly name: (object: string) => Statement.Fragment
    /** Runs a statement about a table; what goes wrong is told in words of the repositories. */
    readonly run: <A>(
      table: string,
      statement: Effect.Effect<A, SqlError.SqlError>
    ) => Effect.Effect<A, RepositoryError>
    /** The same; how many rows the statement has written, or found. */
    readonly count: (table: string, statement: Statement.Statement<unknown>) => Effect.Effect<number, RepositoryError>
    /** See `UnitOfWork`. */
    readonly transaction: UnitOfWork["Service"]["transaction"]
  }
>()("@timegrid/postgres/PostgresDatabase") {}

/** What a transaction keeps of itself. */
interface Transaction {
  /** The first of its statements that failed; the server takes no more after it. */
  spoiledBy: RepositoryError | null
}

const CurrentTransaction = Context.Reference<Transaction | null>("@timegrid/postgres/CurrentTransaction", {
  defaultValue: () => null
})

/** A schema of the database that a client with the settings of `clientSettings` is connected to. */
const make = (sql: PgClient.PgClient, schema: string): PostgresDatabase["Service"] => {
  const run: PostgresDatabase["Service"]["run"] = (table, statement) =>
    Effect.flatMap(CurrentTransaction, (transaction) => {
      if (transaction?.spoiledBy != null) return Effect.fail(transaction.spoiledBy)
      return Effect.mapError(statement, (cause) => {
        const error = new RepositoryError({ table, reason: storeFailure(cause) })
        if (transaction !== null) transaction.spoiledBy ??= error
        return error
      })
    })

  return {
    sql,
    schema,
    name: (object) => qualifiedName(schema, object),
    run,
    // What `raw` gives is a result of sql-pg's own.
    count: (table, { raw }) => Effect.map(run(table, raw), (result) => (result as PgConnection.Result).rowCount),
    transaction: (work) => transactionOf(sql, work)
  }
}

const transactionOf = <A, E, R>(
  sql: PgClient.PgClient,
  work: Effect.Effect<A, E, R>
): Effect.Effect<A, E | RepositoryError, R> =>
  Effect.suspend(() => {
    const transaction: Transaction = { spoiledBy: null }
    let outcome: Exit.Exit<A, E | RepositoryError> | undefined
    const whole = Effect.provideService(work, CurrentTransaction, transaction).pipe(
      // Where the work has caught the error, a COMMIT would undo everything without a word.
      Effect.tap(() => (transaction.spoiledBy === null ? Effect.void : Effect.fail(transaction.spoiledBy))),
      Effect.onExit((exit) =>
        Effect.sync(() => {
          outcome = exit
        })
      )
    )
    return Effect.catchCause(sql.withTransaction(whole), (cause) => {
      // What the work failed with counts, also where its connection was lost with it and could not be rolled back.
      if (outcome !== undefined && Exit.isFailure(outcome)) return Effect.failCause(outcome.cause)
      const fault = Cause.squash(cause)
      // The work did not fail, so that nothing of type E is left: an interruption, or a defect of the driver.
      if (!SqlError.isSqlError(fault)) return Effect.failCause(cause as Cause.Cause<never>)
      return Effect.fail(new RepositoryError({ table: "transaction", reason: storeFailure(fault) }))
    })
  })

/** Provides `PostgresDatabase` over a `PgClient`. */
export const databaseLayer = (schema = "public"): Layer.Layer<PostgresDatabase, never, PgClient.PgClient> =>
  Layer.effect(
    PostgresDatabase,
    Effect.map(PgClient.PgClient, (sql) => make(sql, schema))
  )
