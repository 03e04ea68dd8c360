import { type AuditEntry, AuditLogs } from "@timegrid/core/audit"
import { UnitOfWork } from "@timegrid/core/repository"
import { Effect } from "effect"

/** Work and its row in the audit log in one transaction: neither is there without the other. */
export const audited = <A, E, R>(entry: (result: A) => AuditEntry, work: Effect.Effect<A, E, R>) =>
  UnitOfWork.use((unit) =>
    unit.transaction(Effect.tap(work, (result) => AuditLogs.use((audit) => audit.append(entry(result)))))
  )
