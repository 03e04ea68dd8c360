import {
  AuditRecords,
  auditListPartOf,
  auditLogColumns,
  auditLogColumnsOf,
  auditLogOf,
  auditSealColumns,
  auditSealColumnsOf,
  sealedRowOf
} from "@timegrid/core/audit"
import { type Row, rowIdOf } from "@timegrid/core/repository"
import { Array as Arr, Effect, Layer, Option } from "effect"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { ensureAuditPartitions, listPartitions, partitionsEndedBy } from "./auditPartitions.ts"

const logsTable = "audit_logs"
const sealsTable = "audit_seals"
const prefixed = (alias: string, columns: ReadonlyArray<string>) =>
  columns.map((column) => `${alias}.${column}`).join(", ")

/** A transaction that began longer ago than this has long been ended, so no row can turn up behind the last seal. */
const longestTransaction = "1 day"

const makePostgresAuditRecords = Effect.gen(function* () {
  const database = yield* PostgresDatabase
  const { count, name, run, sql, transaction } = database
  const logs = name(logsTable)
  const seals = name(sealsTable)
  const logColumns = sql.literal(prefixed("log", auditLogColumns))

  // Looks at the partitions of the last rows alone.
  const unsealed = sql`FROM ${logs} AS log
    WHERE log.created_at >= COALESCE(
        (SELECT max(created_at) - ${sql.literal(`INTERVAL '${longestTransaction}'`)} FROM ${seals}), '-infinity'
      )
      AND NOT EXISTS (SELECT FROM ${seals} AS seal WHERE seal.audit_id = log.id)`

  return AuditRecords.of({
    insert: Effect.fnUntraced(function* (input) {
      const { changes = null, ...row } = yield* auditLogColumnsOf(input)
      const columns = changes === null ? row : { ...row, changes: sql.json(changes) }
      yield* run(logsTable, sql<Row>`INSERT INTO ${logs} ${sql.insert(columns)}`)
    }),

    list: Effect.fnUntraced(function* (query) {
      const { afterId, limit, pageOf, wanted } = yield* auditListPartOf(query)
      const conditions = [
        ...wanted.map(([column, value]) => sql`log.${sql(column)} = ${value}`),
        ...(afterId === null ? [] : [sql`log.id < ${afterId}`])
      ]
      const rows = yield* run(
        logsTable,
        sql<Row>`SELECT ${logColumns} FROM ${logs} AS log WHERE ${sql.and(conditions)}
          ORDER BY log.id DESC LIMIT ${limit + 1}`
      )
      return yield* pageOf(rows)
    }),

    eraseUser: (userId) =>
      Option.match(rowIdOf(userId), {
        onNone: () => Effect.succeed(0),
        onSome: (id) =>
          count(
            logsTable,
            sql<Row>`UPDATE ${logs} SET user_id = NULL, ip_address = NULL, user_agent = NULL WHERE user_id = ${id}`
          )
      }),

    ensurePartitions: (monthsAhead) => transaction(ensureAuditPartitions(database, monthsAhead)),

    dropPartitions: (endedBy) =>
      transaction(
        Effect.gen(function* () {
          yield* run(logsTable, sql<Row>`LOCK TABLE ${logs} IN SHARE ROW EXCLUSIVE MODE`)
          const ended = partitionsEndedBy(yield* listPartitions(database), endedBy)
          for (const partition of ended) {
            yield* run(
              sealsTable,
              sql<Row>`UPDATE ${seals} SET dropped = TRUE
                WHERE audit_id IN (SELECT id FROM ${name(partition)}) AND NOT dropped`
            )
            yield* run(logsTable, sql<Row>`DROP TABLE ${name(partition)}`)
          }
          // The last of the seals before the first that is needed stays: that one hangs on it.
          yield* run(
            sealsTable,
            sql<Row>`DELETE FROM ${seals} WHERE position < (
              SELECT max(position) FROM ${seals} WHERE position < COALESCE(
                (SELECT min(position) FROM ${seals} WHERE NOT dropped), 9223372036854775807
              )
            )`
          )
          return ended
        })
      ),

    seal: (limit, sealsOf) =>
      transaction(
        Effect.gen(function* () {
          yield* run(sealsTable, sql<Row>`LOCK TABLE ${seals} IN SHARE ROW EXCLUSIVE MODE`)
          const rows = yield* run(logsTable, sql<Row>`SELECT ${logColumns} ${unsealed} ORDER BY log.id LIMIT ${limit}`)
          const [last] = yield* run(sealsTable, sql<Row>`SELECT hash FROM ${seals} ORDER BY position DESC LIMIT 1`)
          const made = sealsOf(yield* Effect.forEach(rows, auditLogOf), last === undefined ? null : String(last.hash))
          if (!Arr.isReadonlyArrayNonEmpty(made)) return 0
          yield* run(sealsTable, sql<Row>`INSERT INTO ${seals} ${sql.insert(Arr.map(made, auditSealColumnsOf))}`)
          return made.length
        })
      ),

    sealedAfter: Effect.fnUntraced(function* (position, limit) {
      const sealColumns = auditSealColumns.map((column) => `seal.${column} AS seal_${column}`).join(", ")
      const rows = yield* run(
        sealsTable,
        sql<Row>`SELECT ${sql.literal(sealColumns)}, ${logColumns} FROM ${seals} AS seal
          LEFT JOIN ${logs} AS log ON log.id = seal.audit_id AND log.created_at >= seal.created_at - INTERVAL '1 day'
          WHERE seal.position > ${position} ORDER BY seal.position LIMIT ${limit}`
      )
      return yield* Effect.forEach(rows, (row) =>
        sealedRowOf(
          Object.fromEntries(auditSealColumns.map((column) => [column, row[`seal_${column}`]])),
          row.id === null ? undefined : row
        )
      )
    }),

    countUnsealed: Effect.map(run(logsTable, sql<Row>`SELECT count(*) AS unsealed ${unsealed}`), ([row]) =>
      Number(row?.unsealed)
    )
  })
})

/** Provides `AuditRecords` over the rows of a schema. */
export const postgresAuditRecords: Layer.Layer<AuditRecords, never, PostgresDatabase> = Layer.effect(
  AuditRecords,
  makePostgresAuditRecords
)
