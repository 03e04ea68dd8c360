/** The audit log, as administrators read it. */
import { AuditLogs } from "@timegrid/core/audit"
import { Effect } from "effect"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"

const list = operation(api.auditLogs.list, ({ query: { cursor, limit, ...filter } }) =>
  Effect.map(
    AuditLogs.use((audit) => audit.list({ filter, limit, after: cursor })),
    (body) => ({ body })
  )
)

/** Every operation on the audit log. */
export const auditOperations = [list]
