import { processingJobTable, type Row, RowMissing, reviewTaskTable, rowIdOf } from "@timegrid/core/repository"
import { type ReviewRecord, ReviewRecords, reviewRecordOf } from "@timegrid/core/review"
import { Effect, Layer, Option } from "effect"
import type { Statement } from "effect/sql"
import { withJson } from "../database/columns.ts"
import { endWhenIdle } from "../database/endWhenIdle.ts"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"

const { entityOf, failure, name: table, updateOf } = reviewTaskTable
const jsonColumns = ["draft_data", "final_data", "metadata"]

/** Each column under its own name with a prefix, since task and job have names in common. */
const prefixed = (alias: string, columns: ReadonlyArray<string>) =>
  columns.map((column) => `${alias}.${column} AS ${alias}_${column}`).join(", ")
const unprefixed = (alias: string, row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) =>
      column.startsWith(`${alias}_`) ? [[column.slice(alias.length + 1), value]] : []
    )
  )
const selected = [
  prefixed("task", [...reviewTaskTable.columns, "version", "lease_expires_at"]),
  prefixed("job", [...processingJobTable.columns, "version"]),
  "statement_timestamp() AS now",
  endWhenIdle
].join(", ")

const makePostgresReviewRecords = Effect.gen(function* () {
  const { name, run, sql } = yield* PostgresDatabase
  const tasks = name(table)
  const columns = sql.literal(selected)
  const atWork = sql`${tasks} AS task JOIN ${name(processingJobTable.name)} AS job ON job.id = task.job_id`
  const isExpired = sql.literal(
    "task.status = 'in_progress' AND COALESCE(task.lease_expires_at <= statement_timestamp(), TRUE)"
  )

  const recordsOf = (statement: Statement.Statement<Row>) =>
    Effect.flatMap(run(table, statement), (rows) =>
      Effect.forEach(rows, (row) => reviewRecordOf(unprefixed("task", row), unprefixed("job", row), row.now as Date))
    )
  const firstOf = (statement: Statement.Statement<Row>) =>
    Effect.map(recordsOf(statement), ([record]): Option.Option<ReviewRecord> => Option.fromNullishOr(record))

  return ReviewRecords.of({
    lock: Effect.fnUntraced(function* (taskId) {
      const rowId = rowIdOf(taskId)
      if (Option.isNone(rowId)) return Option.none()
      // The job first: under its lock the task stands still.
      yield* run(table, sql<Row>`SELECT job.id FROM ${atWork} WHERE task.id = ${rowId.value} FOR UPDATE OF job`)
      return yield* firstOf(sql<Row>`SELECT ${columns} FROM ${atWork} WHERE task.id = ${rowId.value}`)
    }),

    lockNext: (reviewerId, ownDocuments) =>
      Option.match(rowIdOf(reviewerId), {
        onNone: () => Effect.succeedNone,
        onSome: (reviewer) =>
          firstOf(sql<Row>`
            SELECT ${columns} FROM ${atWork}
            WHERE (
                task.status = 'pending'
                OR (task.status = 'assigned' AND task.assigned_to = ${reviewer})
                OR (${isExpired} AND (task.assigned_at IS NULL OR task.assigned_to = ${reviewer}))
              )
              AND (${ownDocuments} OR job.user_id <> ${reviewer})
            ORDER BY ${name("priority_rank")}(task.priority) DESC, task.created_at, task.id
            LIMIT 1
            FOR UPDATE SKIP LOCKED`)
      }),

    lockExpired: (limit) =>
      recordsOf(
        sql<Row>`SELECT ${columns} FROM ${atWork} WHERE ${isExpired}
          ORDER BY task.lease_expires_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`
      ),

    update: Effect.fnUntraced(function* (taskId, { leaseExpiresAt, task }) {
      const row = {
        ...(yield* updateOf(task)),
        lease_expires_at: leaseExpiresAt === null ? null : new Date(leaseExpiresAt)
      }
      const returned = sql.literal([...reviewTaskTable.columns, "version"].join(", "))
      const [updated] = yield* run(
        table,
        sql<Row>`UPDATE ${tasks} SET ${sql.update(withJson(sql, row, jsonColumns))} WHERE id = ${taskId} RETURNING ${returned}`
      )
      return updated === undefined ? yield* failure(new RowMissing({ id: taskId })) : yield* entityOf(updated)
    })
  })
})

/** Provides `ReviewRecords` over the rows of a schema. */
export const postgresReviewRecords: Layer.Layer<ReviewRecords, never, PostgresDatabase> = Layer.effect(
  ReviewRecords,
  makePostgresReviewRecords
)
