import { Effect, Layer } from "effect"
import type { Row } from "../repository/EntityTable.ts"
import { MemoryDatabase } from "../repository/memory/MemoryDatabase.ts"
import { AuditRecords } from "./AuditRecords.ts"
import { auditMonthOf } from "./auditMonths.ts"
import { auditListPartOf, auditLogColumnsOf, auditLogOf, auditSealColumnsOf, sealedRowOf } from "./auditRow.ts"

const logs = "audit_logs"
const seals = "audit_seals"

// What the tables fill in.
const idOf = (row: Row) => row.id as number
const createdAt = (row: Row) => row.created_at as Date
const positionOf = (row: Row) => row.position as number

const makeMemoryAuditRecords = Effect.gen(function* () {
  const { statement, transaction } = yield* MemoryDatabase

  const unsealed = statement(({ rows }) => {
    const sealed = new Set(rows(seals).map((row) => row.audit_id))
    return rows(logs)
      .filter((row) => !sealed.has(row.id))
      .toSorted((one, other) => idOf(one) - idOf(other))
  })

  return AuditRecords.of({
    insert: Effect.fnUntraced(function* (input) {
      const columns = yield* auditLogColumnsOf(input)
      yield* statement(({ insert }) => insert(logs, columns))
    }),
    list: Effect.fnUntraced(function* (query) {
      const { afterId, limit, pageOf, wanted } = yield* auditListPartOf(query)
      const rows = yield* statement(({ rows }) =>
        rows(logs)
          .filter((row) => afterId === null || idOf(row) < afterId)
          .filter((row) => wanted.every(([column, value]) => row[column] === value))
          .toSorted((one, other) => idOf(other) - idOf(one))
          .slice(0, limit + 1)
      )
      return yield* pageOf(rows)
    }),
    eraseUser: (userId) =>
      statement(({ rows, update }) => {
        const theirs = rows(logs).filter((row) => row.user_id === userId)
        for (const row of theirs) update(logs, [row.id], { user_id: null, ip_address: null, user_agent: null })
        return theirs.length
      }),
    // Rows in memory need no partition to lie in; months are dropped as a whole all the same.
    ensurePartitions: () => Effect.succeed([]),
    dropPartitions: (endedBy) =>
      statement(({ remove, rows, update }) => {
        const dropped = rows(logs).filter((row) => auditMonthOf(createdAt(row)).to <= endedBy)
        const ids = new Set(dropped.map(idOf))
        for (const id of ids) remove(logs, id)
        for (const seal of rows(seals))
          if (ids.has(seal.audit_id as number)) update(seals, [seal.position], { dropped: true })
        const chain = rows(seals).toSorted((one, other) => positionOf(one) - positionOf(other))
        const firstKept = chain.findIndex((seal) => seal.dropped === false)
        const gone = firstKept < 0 ? chain.length : firstKept
        // The last of those that are gone stays: the next one hangs on it.
        for (const seal of chain.slice(0, Math.max(0, gone - 1))) remove(seals, seal.position)
        return [...new Set(dropped.map((row) => auditMonthOf(createdAt(row)).partition))].toSorted()
      }),
    seal: (limit, sealsOf) =>
      transaction(
        Effect.gen(function* () {
          const rows = yield* Effect.forEach((yield* unsealed).slice(0, limit), auditLogOf)
          return yield* statement((session) => {
            const last = session
              .rows(seals)
              .toSorted((one, other) => positionOf(one) - positionOf(other))
              .at(-1)
            const made = sealsOf(rows, last === undefined ? null : String(last.hash))
            for (const seal of made) session.insert(seals, auditSealColumnsOf(seal))
            return made.length
          })
        })
      ),
    sealedAfter: (position, limit) =>
      statement(({ find, rows }) =>
        rows(seals)
          .filter((seal) => positionOf(seal) > position)
          .toSorted((one, other) => positionOf(one) - positionOf(other))
          .slice(0, limit)
          .map((seal) => sealedRowOf(seal, find(logs, seal.audit_id)))
      ).pipe(Effect.flatMap((rows) => Effect.all(rows))),
    countUnsealed: Effect.map(unsealed, (rows) => rows.length)
  })
})

/** Provides `AuditRecords` over the rows of a database in memory. */
export const memoryAuditRecords: Layer.Layer<AuditRecords, never, MemoryDatabase> = Layer.effect(
  AuditRecords,
  makeMemoryAuditRecords
)
