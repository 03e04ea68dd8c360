/** Brings a schema of a database to the version of the files: each file once, whoever else is at it. */
import { Duration, Effect, Schedule } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { createHistory, enterMigration, finishMigration, readHistory } from "./history.ts"
import type { Migration } from "./Migration.ts"
import {
  MigrationChanged,
  type MigrationError,
  MigrationMissing,
  MigrationOutOfOrder,
  MigrationStatementFailed,
  MigrationStoreFailed,
  MigrationUnfinished
} from "./MigrationError.ts"
import { type MigrationStatus, migrationStatuses } from "./migrationPlan.ts"

/** Which migrations, and where. */
export interface MigrationTarget {
  readonly migrations: ReadonlyArray<Migration>
  /** The schema that holds everything; made when it is not there. Default `"public"`. */
  readonly schema?: string
}

/** Where migrations go, and how. */
export interface MigrateOptions extends MigrationTarget {
  /** The last version to apply. Default all. */
  readonly to?: number
  /** Applies also files that come before one that was applied already, instead of refusing. Default false. */
  readonly outOfOrder?: boolean
  /** How long a statement waits for a lock on a table before its file fails. Default 10 seconds. */
  readonly lockTimeout?: Duration.Input
  /** How long a file that another migrator runs outside of a transaction is waited for. Default 10 minutes. */
  readonly patience?: Duration.Input
}

/** How the migrations of a schema stand; nothing is changed. */
export const migrationStatus = Effect.fn("migrationStatus")(
  ({ migrations, schema = "public" }: MigrationTarget) =>
    Effect.map(readHistory(schema), (history) => migrationStatuses(migrations, history)),
  Effect.mapError((cause) => new MigrationStoreFailed({ cause }))
)

/**
 * Succeeds when the history is that of the files up to where it goes; pending migrations are no fault. Fails with the
 * first migration that is changed, missing, out of order or unfinished.
 */
export const verifyMigrations = Effect.fn("verifyMigrations")(function* (
  target: MigrationTarget
): Effect.fn.Return<ReadonlyArray<MigrationStatus>, MigrationError, SqlClient.SqlClient> {
  const statuses = yield* migrationStatus(target)
  yield* refuseFaults(statuses)
  return statuses
})

/**
 * Applies the migrations that are missing, in order, and succeeds with those that this call applied. Each file runs in a
 * transaction of its own under an advisory lock of that transaction, so that migrators at once apply everything once,
 * also through a pooler that lends connections by transaction. Nothing is applied where a file that was applied is
 * changed or missing, or one is out of order.
 *
 * A file with the line `-- timegrid: no transaction` needs a connection of its own: its statements run one by one, and
 * one that fails leaves those before it done.
 */
export const migrate = Effect.fn("migrate")(function* (
  options: MigrateOptions
): Effect.fn.Return<ReadonlyArray<Migration>, MigrationError, SqlClient.SqlClient> {
  const applied: Array<Migration> = []
  for (let step = yield* takeStep(options); step.kind !== "done"; step = yield* takeStep(options)) {
    if (step.kind === "elsewhere") yield* waitFor(options, step.file)
    else applied.push(step.migration)
  }
  return applied
})

/** Applies the next migration, if there is one and no other migrator is at it. */
const takeStep = Effect.fnUntraced(function* (options: MigrateOptions) {
  const schema = options.schema ?? "public"
  const step = yield* underLock(
    options,
    Effect.gen(function* () {
      const statuses = yield* migrationStatus(options)
      const unfinished = statuses.find(({ state }) => state === "unfinished")
      if (unfinished !== undefined) return { kind: "elsewhere", file: unfinished.file } as const
      yield* refuseFaults(statuses, options.outOfOrder)
      const next = statuses.find(({ state }) => state === "pending" || state === "outOfOrder")
      const migration = options.migrations.find(({ version }) => version === next?.version)
      if (migration === undefined || migration.version > (options.to ?? Number.POSITIVE_INFINITY)) {
        return { kind: "done" } as const
      }
      if (migration.inTransaction) yield* runStatements(migration)
      yield* enterMigration(schema, migration, migration.inTransaction)
      return { kind: "applied", migration } as const
    })
  )
  if (step.kind === "applied" && !step.migration.inTransaction) {
    yield* runOutside(schema, step.migration)
    yield* storing(finishMigration(schema, step.migration))
  }
  return step
})

const refuseFaults = Effect.fnUntraced(function* (statuses: ReadonlyArray<MigrationStatus>, outOfOrder = false) {
  for (const { file, state } of statuses) {
    if (state === "changed") return yield* new MigrationChanged({ file })
    if (state === "missing") return yield* new MigrationMissing({ file })
    if (state === "unfinished") return yield* new MigrationUnfinished({ file })
    if (state === "outOfOrder" && !outOfOrder) return yield* new MigrationOutOfOrder({ file })
  }
})

const runStatements = Effect.fnUntraced(function* ({ file, statements }: Migration) {
  const sql = yield* SqlClient.SqlClient
  yield* Effect.forEach(
    statements,
    ({ line, text }) =>
      Effect.mapError(sql.unsafe(text).raw, (cause) => new MigrationStatementFailed({ file, line, cause })),
    { discard: true }
  )
})

/** Runs the statements one by one on a connection of their own. */
const runOutside = Effect.fnUntraced(function* (schema: string, { file, statements }: Migration) {
  const sql = yield* SqlClient.SqlClient
  yield* Effect.scoped(
    Effect.gen(function* () {
      const connection = yield* storing(sql.reserve)
      const inSchema = "SELECT set_config('search_path', quote_ident($1), FALSE)"
      yield* storing(connection.executeRaw(inSchema, [schema]))
      yield* Effect.addFinalizer(() => Effect.ignore(connection.executeRaw("RESET search_path", [])))
      for (const { line, text } of statements) {
        yield* Effect.mapError(
          connection.executeRaw(text, []),
          (cause) => new MigrationStatementFailed({ file, line, cause })
        )
      }
    })
  )
})

/** Until a file that another migrator is at has come to its end. */
const waitFor = Effect.fnUntraced(function* ({ patience = "10 minutes", ...target }: MigrateOptions, file: string) {
  const isBusy = Effect.map(migrationStatus(target), (statuses) =>
    statuses.some((status) => status.file === file && status.state === "unfinished")
  )
  yield* Effect.repeat(isBusy, { schedule: Schedule.spaced("200 millis"), while: (busy) => busy }).pipe(
    Effect.timeoutOrElse({ duration: patience, orElse: () => Effect.fail(new MigrationUnfinished({ file })) })
  )
})

const storing = <A, E, R>(work: Effect.Effect<A, E | SqlError.SqlError, R>) =>
  Effect.catchTag(work, "SqlError", (cause) => Effect.fail(new MigrationStoreFailed({ cause })))

/** Work in one transaction, in the schema, while no other migrator works on that schema. */
const underLock = Effect.fnUntraced(function* <A, E>(
  { lockTimeout = "10 seconds", schema = "public" }: MigrateOptions,
  work: Effect.Effect<A, E, SqlClient.SqlClient>
) {
  const sql = yield* SqlClient.SqlClient
  return yield* storing(
    sql.withTransaction(
      Effect.gen(function* () {
        yield* sql`SELECT pg_advisory_xact_lock(hashtextextended(${`timegrid migrations of ${schema}`}, 0))`
        yield* createHistory(schema)
        // Files name their tables without a schema, so that psql and other migrators run them as they are.
        yield* sql`SELECT set_config('search_path', quote_ident(${schema}), TRUE)`
        const milliseconds = Duration.toMillis(Duration.fromInputUnsafe(lockTimeout))
        yield* sql`SELECT set_config('lock_timeout', ${`${milliseconds}ms`}, TRUE)`
        return yield* work
      })
    )
  )
})
