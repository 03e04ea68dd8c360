import {
  type JobRecord,
  JobRecords,
  jobColumnsOf,
  jobRecordColumns,
  jobRecordOf,
  parseOwner,
  placementColumnsOf
} from "@timegrid/core/queue"
import { processingJobTable, type RepositoryError, type Row, RowMissing, rowIdOf } from "@timegrid/core/repository"
import { Duration, Effect, Layer, Option } from "effect"
import type { Statement } from "effect/sql"
import { withJson } from "../database/columns.ts"
import { endWhenIdle } from "../database/endWhenIdle.ts"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"

const { failure, insertOf, name: table } = processingJobTable
const jsonColumns = ["metadata", "checkpoint"]
const columnList = jobRecordColumns.map((column) => `job.${column}`).join(", ")

const makePostgresJobRecords = Effect.gen(function* () {
  const { name, run, sql } = yield* PostgresDatabase
  const jobs = name(table)

  // The clock of the statement, not of the transaction, which may have begun long before.
  const columns = sql.literal(`${columnList}, statement_timestamp() AS now`)
  const lockedColumns = sql`${columns}, ${sql.literal(endWhenIdle)}`
  const hasExpired = sql.literal("job.lease_expires_at <= statement_timestamp()")
  const isWaiting = sql.literal(
    "job.queue IS NOT NULL AND job.lease_expires_at IS NULL AND job.available_at <= statement_timestamp()"
  )

  const fromNow = (duration: Duration.Duration) =>
    sql`statement_timestamp() + make_interval(secs => ${Duration.toMillis(duration)}::float8 / 1000)`

  const recordsOf = (statement: Statement.Statement<Row>) =>
    Effect.flatMap(run(table, statement), (rows) => Effect.forEach(rows, jobRecordOf))
  const recordOf = (statement: Statement.Statement<Row>): Effect.Effect<Option.Option<JobRecord>, RepositoryError> =>
    Effect.map(recordsOf(statement), ([record]) => Option.fromNullishOr(record))
  const withId = <A>(id: string, call: (rowId: string) => Effect.Effect<Option.Option<A>, RepositoryError>) =>
    Option.match(rowIdOf(id), { onNone: () => Effect.succeedNone, onSome: call })

  return JobRecords.of({
    insert: Effect.fnUntraced(function* (input, placement) {
      const row = { ...(yield* insertOf(input)), ...(yield* placementColumnsOf(placement)) }
      const [record] = yield* recordsOf(
        sql<Row>`INSERT INTO ${jobs} AS job ${sql.insert(withJson(sql, row, jsonColumns))} RETURNING ${columns}`
      )
      return record!
    }),

    find: (id) =>
      withId(id, (rowId) => recordOf(sql<Row>`SELECT ${columns} FROM ${jobs} AS job WHERE job.id = ${rowId}`)),

    findByKey: (userId, key) =>
      recordOf(
        sql<Row>`SELECT ${columns} FROM ${jobs} AS job WHERE job.user_id = ${userId} AND job.idempotency_key = ${key}`
      ),

    lock: (id) =>
      withId(id, (rowId) =>
        recordOf(sql<Row>`SELECT ${lockedColumns} FROM ${jobs} AS job WHERE job.id = ${rowId} FOR UPDATE`)
      ),

    claim: Effect.fnUntraced(function* (queue, { jobId, leaseFor, maxLostLeases, owner }) {
      const named = yield* parseOwner(owner)
      const rowId = jobId === undefined ? Option.none() : rowIdOf(jobId)
      if (jobId !== undefined && Option.isNone(rowId)) return Option.none()
      const thatJob = Option.match(rowId, { onNone: () => sql``, onSome: (id) => sql`AND job.id = ${id}` })
      return yield* recordOf(sql<Row>`
        WITH next AS (
          SELECT job.id FROM ${jobs} AS job
          WHERE job.queue = ${queue} ${thatJob}
            AND ((${isWaiting}) OR (${hasExpired} AND job.poison_count + 1 < ${maxLostLeases}))
          ORDER BY job.priority DESC, job.created_at, job.id
          LIMIT 1
          FOR UPDATE SKIP LOCKED
        )
        UPDATE ${jobs} AS job SET
          lease_owner = ${named},
          lease_expires_at = ${fromNow(leaseFor)},
          fencing_token = job.fencing_token + 1,
          poison_count = job.poison_count + (job.lease_expires_at IS NOT NULL)::int
        FROM next WHERE job.id = next.id
        RETURNING ${columns}`)
    }),

    updateHeld: Effect.fnUntraced(function* (id, token, changes) {
      const rowId = rowIdOf(id)
      if (Option.isNone(rowId)) return Option.none()
      const write =
        "leaseFor" in changes
          ? sql`lease_expires_at = ${fromNow(changes.leaseFor)}`
          : sql.update(withJson(sql, yield* jobColumnsOf(changes), jsonColumns))
      return yield* recordOf(
        sql<Row>`UPDATE ${jobs} AS job SET ${write}
          WHERE job.id = ${rowId.value} AND job.fencing_token = ${token} AND job.lease_expires_at > statement_timestamp()
          RETURNING ${columns}`
      )
    }),

    update: Effect.fnUntraced(function* (id, changes) {
      // No change at all counts as one, too.
      const row = { ...(yield* jobColumnsOf(changes)), id }
      const [record] = yield* recordsOf(
        sql<Row>`UPDATE ${jobs} AS job SET ${sql.update(withJson(sql, row, jsonColumns))} WHERE job.id = ${id} RETURNING ${columns}`
      )
      return record ?? (yield* failure(new RowMissing({ id })))
    }),

    lockExpired: (limit) =>
      recordsOf(
        sql<Row>`SELECT ${lockedColumns} FROM ${jobs} AS job WHERE ${hasExpired}
          ORDER BY job.lease_expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`
      ),

    lockUnheard: (limit, since) =>
      recordsOf(
        sql<Row>`SELECT ${lockedColumns} FROM ${jobs} AS job WHERE ${isWaiting}
          AND job.woken_at <= statement_timestamp() - make_interval(secs => ${Duration.toMillis(since)}::float8 / 1000)
          ORDER BY job.woken_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`
      )
  })
})

/** Provides `JobRecords` over the rows of a schema. */
export const postgresJobRecords: Layer.Layer<JobRecords, never, PostgresDatabase> = Layer.effect(
  JobRecords,
  makePostgresJobRecords
)
