/** The partitions of `audit_logs`, one a month. */
import { type AuditMonth, auditMonthOf } from "@timegrid/core/audit"
import { parserFor, type Row } from "@timegrid/core/repository"
import { Effect } from "effect"
import * as z from "zod"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"

const table = "audit_logs"
const defaultPartition = "audit_logs_default"
const parse = parserFor(table)

const Partitions = z.array(z.object({ relname: z.string() }))
const Months = z.array(z.object({ month: z.date() }))
const Clock = z.tuple([z.object({ now: z.date() })])

/** The names of all partitions of months. */
export const listPartitions = Effect.fnUntraced(function* ({ run, schema, sql }: PostgresDatabase["Service"]) {
  const rows = yield* run(
    table,
    sql<Row>`SELECT part.relname FROM pg_inherits
      JOIN pg_class AS part ON part.oid = inhrelid
      JOIN pg_class AS whole ON whole.oid = inhparent
      JOIN pg_namespace ON pg_namespace.oid = whole.relnamespace
      WHERE whole.relname = ${table} AND nspname = ${schema} AND part.relname <> ${defaultPartition}
      ORDER BY part.relname`
  )
  return (yield* parse(Partitions, rows)).map(({ relname }) => relname)
})

/**
 * Makes the partitions of this month, of some more, and of the months of rows in the default partition, which move
 * there: a partition cannot be made while the default one has rows of its month. The names of the new ones.
 */
export const ensureAuditPartitions = Effect.fnUntraced(function* (
  database: PostgresDatabase["Service"],
  monthsAhead: number
) {
  const { name, run, sql } = database
  // Nobody writes meanwhile, and who makes partitions takes turns.
  yield* run(table, sql<Row>`LOCK TABLE ${name(table)} IN SHARE ROW EXCLUSIVE MODE`)
  const [{ now }] = yield* parse(Clock, yield* run(table, sql<Row>`SELECT statement_timestamp() AS now`))
  const strays = yield* parse(
    Months,
    yield* run(
      table,
      sql<Row>`SELECT DISTINCT date_trunc('month', created_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS month
        FROM ${name(defaultPartition)}`
    )
  )
  const ahead = Array.from({ length: monthsAhead + 1 }, (_, months) => auditMonthOf(now, months))
  const wanted = new Map([...strays.map(({ month }) => auditMonthOf(month)), ...ahead].map((m) => [m.partition, m]))
  for (const partition of yield* listPartitions(database)) wanted.delete(partition)
  if (wanted.size === 0) return []
  if (strays.length > 0)
    yield* run(
      table,
      sql<Row>`CREATE TEMPORARY TABLE moved_audit_logs ON COMMIT DROP AS TABLE ${name(defaultPartition)}`
    )
  // The log keeps its rows from being deleted; they are back before anyone else can look.
  if (strays.length > 0) yield* run(table, sql<Row>`TRUNCATE ${name(defaultPartition)}`)
  for (const month of wanted.values()) yield* makePartition(database, month)
  if (strays.length > 0)
    yield* run(table, sql<Row>`INSERT INTO ${name(table)} SELECT * FROM moved_audit_logs ORDER BY id`)
  if (strays.length > 0) yield* run(table, sql<Row>`DROP TABLE moved_audit_logs`)
  return Array.from(wanted.keys()).toSorted()
})

const makePartition = ({ name, run, sql }: PostgresDatabase["Service"], { from, partition, to }: AuditMonth) => {
  // Bounds are no place for parameters; these are made of digits by ourselves.
  const bounds = sql.literal(`FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`)
  return run(table, sql<Row>`CREATE TABLE ${name(partition)} PARTITION OF ${name(table)} FOR VALUES ${bounds}`)
}

/** The partitions of months that ended by then. */
export const partitionsEndedBy = (partitions: ReadonlyArray<string>, endedBy: Date): ReadonlyArray<string> =>
  partitions.filter((partition) => {
    const [, year, month] = /^audit_logs_y(\d{4})m(\d{2})$/.exec(partition) ?? []
    if (year === undefined || month === undefined) return false
    return auditMonthOf(new Date(Date.UTC(Number(year), Number(month) - 1))).to <= endedBy
  })
