import { type MemoryTable, unique } from "../MemoryTable.ts"

export const auditLogs: MemoryTable = {
  name: "audit_logs",
  key: ["id"],
  defaults: (session) => ({
    id: session.nextNumber("audit_logs"),
    user_id: null,
    resource_id: null,
    changes: null,
    ip_address: null,
    user_agent: null,
    created_at: session.now
  }),
  references: [{ constraint: "audit_logs_user_id_fkey", column: "user_id", table: "users", onRemove: "setNull" }]
}

export const auditSeals: MemoryTable = {
  name: "audit_seals",
  key: ["position"],
  defaults: (session) => ({ position: session.nextNumber("audit_seals"), dropped: false, sealed_at: session.now }),
  uniques: [unique("audit_seals_audit_id_key", "audit_id")]
}
