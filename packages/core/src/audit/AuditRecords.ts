import { Context, type Effect } from "effect"
import type { AuditLog, AuditLogInput } from "../domain/AuditLog.ts"
import type { ListPage, ListQuery } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { AuditLogFilter } from "./AuditLogs.ts"
import type { AuditSeal } from "./auditSeal.ts"

/** A seal and the row that it was made of; null where the row is no more. */
export interface SealedRow {
  readonly seal: AuditSeal
  /** Its place in the chain, growing. */
  readonly position: number
  /** The row went with its partition. */
  readonly dropped: boolean
  readonly row: AuditLog | null
}

/** What `AuditLogs` asks of a store. */
export class AuditRecords extends Context.Service<
  AuditRecords,
  {
    readonly insert: (input: AuditLogInput) => Effect.Effect<void, RepositoryError>
    readonly list: (query?: ListQuery<AuditLogFilter>) => Effect.Effect<ListPage<AuditLog>, RepositoryError>
    readonly eraseUser: (userId: string) => Effect.Effect<number, RepositoryError>
    readonly ensurePartitions: (monthsAhead: number) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** Drops partitions, marks the seals of their rows, and forgets the seals before the first that is still needed. */
    readonly dropPartitions: (endedBy: Date) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /**
     * Gives up to `limit` rows without a seal, by id, and the last hash of the chain (null at its beginning) to `sealsOf`
     * and keeps what that returns; nobody else seals meanwhile. The number of seals.
     */
    readonly seal: (
      limit: number,
      sealsOf: (rows: ReadonlyArray<AuditLog>, head: string | null) => ReadonlyArray<AuditSeal>
    ) => Effect.Effect<number, RepositoryError>
    /** The seals behind a position, in the order of the chain, and their rows. */
    readonly sealedAfter: (position: number, limit: number) => Effect.Effect<ReadonlyArray<SealedRow>, RepositoryError>
    readonly countUnsealed: Effect.Effect<number, RepositoryError>
  }
>()("@timegrid/core/audit/AuditRecords") {}
