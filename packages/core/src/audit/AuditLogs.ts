import { Context, type Effect, Layer } from "effect"
import type { AuditLog, AuditLogInput } from "../domain/AuditLog.ts"
import type { ListPage, ListQuery } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { AuditRecords } from "./AuditRecords.ts"
import { makeAuditLogs } from "./makeAuditLogs.ts"

/** What was done, to what; by whom is for `CurrentActor` to say. Holds no personal data, since it is never erased. */
export type AuditEntry = Pick<AuditLogInput, "action" | "resourceType" | "resourceId" | "changes">

/** Which rows of the audit log are wanted. */
export interface AuditLogFilter {
  readonly userId?: string | undefined
  readonly action?: string | undefined
  readonly resourceType?: string | undefined
  readonly resourceId?: string | undefined
}

/** Why a row breaks the chain: its seal fits neither the one before nor itself, its content differs, or it is gone. */
export type AuditFault = "seal_changed" | "row_changed" | "row_missing"

/** What following the chain of seals has shown. */
export interface AuditVerification {
  /** Seals that were followed, up to the first broken one. */
  readonly verified: number
  /** Rows without a seal: those written since the last `seal`. */
  readonly unsealed: number
  /**
   * The hash of the last seal that holds, null without any. Kept elsewhere and compared later, it shows that the end of
   * the log was cut off, which the chain itself cannot.
   */
  readonly head: string | null
  /** The first row that is not what it was when it was sealed; null when all are. */
  readonly broken: { readonly auditId: number; readonly fault: AuditFault } | null
}

/**
 * The record of who did what: it only grows. Rows of a month share a partition, which is dropped as a whole when its
 * time is over. Checked by `auditLogContract`.
 */
export class AuditLogs extends Context.Service<
  AuditLogs,
  {
    /** Adds a row that names `CurrentActor`; within a transaction it is a part of that. */
    readonly append: (entry: AuditEntry) => Effect.Effect<void, RepositoryError>
    /** From the newest to the oldest. */
    readonly list: (query?: ListQuery<AuditLogFilter>) => Effect.Effect<ListPage<AuditLog>, RepositoryError>
    /**
     * Takes a person out of all rows: `userId`, `ipAddress` and `userAgent` become null, which is the one change that the
     * log allows. The number of rows.
     */
    readonly eraseUser: (userId: string) => Effect.Effect<number, RepositoryError>
    /**
     * Makes the partitions of this month and of `monthsAhead` more, and of the months of rows that none has taken.
     * Default 3. The names of the new ones.
     */
    readonly ensurePartitions: (monthsAhead?: number) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** Drops the partitions of months that ended by then, and says so in the log. Their names. */
    readonly dropPartitions: (endedBy: Date) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** Seals the rows that have no seal, in the order of their ids. Their number. */
    readonly seal: Effect.Effect<number, RepositoryError>
    /** Follows the chain of seals from the first row that is kept. */
    readonly verify: Effect.Effect<AuditVerification, RepositoryError>
  }
>()("@timegrid/core/audit/AuditLogs") {
  /** Over the records of any store. */
  static readonly layer: Layer.Layer<AuditLogs, never, AuditRecords> = Layer.effect(AuditLogs, makeAuditLogs)
}
