/** Between rows of `audit_logs` and `audit_seals` and what `AuditRecords` gives, for every store alike. */
import { Effect, Option } from "effect"
import * as z from "zod"
import { AuditLog, AuditLogCodec, AuditLogInsert } from "../domain/AuditLog.ts"
import { snakeCase } from "../domain/snakeCase.ts"
import { TimestampCodec, Uuid } from "../domain/values.ts"
import type { Row } from "../repository/EntityTable.ts"
import { encodeListCursor } from "../repository/listCursor.ts"
import { listParserFor, parserFor } from "../repository/parsing.ts"
import type { ListQuery } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { AuditLogFilter } from "./AuditLogs.ts"
import type { SealedRow } from "./AuditRecords.ts"
import type { AuditSeal } from "./auditSeal.ts"

const table = "audit_logs"

/** The columns of `audit_logs` that {@link auditLogOf} reads. */
export const auditLogColumns: ReadonlyArray<string> = Object.keys(AuditLog.shape).map(snakeCase)

const parse = parserFor(table)

/** The columns of a new row. */
export const auditLogColumnsOf = (input: z.input<typeof AuditLogInsert>): Effect.Effect<Row, RepositoryError> =>
  parse(AuditLogInsert, input)

/** The entity of a row that has {@link auditLogColumns}; others are left alone. */
export const auditLogOf = (row: Row): Effect.Effect<AuditLog, RepositoryError> =>
  parse(AuditLogCodec, Object.fromEntries(auditLogColumns.map((column) => [column, row[column]])))

const SealRow = z.object({
  position: z.int(),
  audit_id: z.int(),
  created_at: TimestampCodec,
  row_hash: z.string(),
  hash: z.string(),
  dropped: z.boolean()
})

/** The columns of `audit_seals` that {@link sealedRowOf} reads. */
export const auditSealColumns: ReadonlyArray<string> = Object.keys(SealRow.shape)

/** A seal and the row of `audit_logs` that it is of. */
export const sealedRowOf = Effect.fnUntraced(function* (
  seal: Row,
  row: Row | undefined
): Effect.fn.Return<SealedRow, RepositoryError> {
  const { audit_id, created_at, dropped, hash, position, row_hash } = yield* parse(SealRow, seal)
  return {
    seal: { auditId: audit_id, createdAt: created_at, rowHash: row_hash, hash },
    position,
    dropped,
    row: row === undefined ? null : yield* auditLogOf(row)
  }
})

/** The columns of a new row of `audit_seals`. */
export const auditSealColumnsOf = ({ auditId, createdAt, hash, rowHash }: AuditSeal): Row => ({
  audit_id: auditId,
  // No partition holds a row without one.
  created_at: new Date(createdAt ?? 0),
  row_hash: rowHash,
  hash
})

const Filter = z.strictObject({
  userId: Uuid.optional(),
  action: z.string().optional(),
  resourceType: z.string().optional(),
  resourceId: Uuid.optional()
})

/** A part of the log that is wanted, ready for a query: `wanted` by column, behind the row `afterId`. */
export interface AuditListPart {
  readonly wanted: ReadonlyArray<readonly [column: string, value: string]>
  readonly limit: number
  readonly afterId: number | null
  /** What the list gives when `rows`, up to one more than `limit`, were found. */
  readonly pageOf: (
    rows: ReadonlyArray<Row>
  ) => Effect.Effect<{ readonly items: ReadonlyArray<AuditLog>; readonly nextCursor: string | null }, RepositoryError>
}

// A cursor is made of a moment and a UUID; here the id is a number, and says it all.
const noUuid = "00000000-0000-0000-0000-000000000000"

const parseList = listParserFor(table, Filter)

/** Fails with `RowInvalid` for what fits no list. */
export const auditListPartOf = Effect.fnUntraced(function* (
  query: ListQuery<AuditLogFilter> | undefined
): Effect.fn.Return<AuditListPart, RepositoryError> {
  const { after, filter, limit } = yield* parseList(query)
  return {
    wanted: Object.entries(filter).flatMap(([name, value]) =>
      value === undefined ? [] : [[snakeCase(name), value] as const]
    ),
    limit,
    afterId: Option.match(after, { onNone: () => null, onSome: ({ createdMicros }) => createdMicros }),
    pageOf: Effect.fnUntraced(function* (rows) {
      const items = yield* Effect.forEach(rows.slice(0, limit), (row) => auditLogOf(row))
      const last = items.at(-1)
      const isLast = last === undefined || rows.length <= limit
      return {
        items,
        nextCursor: isLast ? null : encodeListCursor(table, filter, { createdMicros: last.id, id: noUuid })
      }
    })
  }
})
