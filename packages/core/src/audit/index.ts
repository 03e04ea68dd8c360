export { type Actor, CurrentActor, system } from "./Actor.ts"
export {
  type AuditEntry,
  type AuditFault,
  type AuditLogFilter,
  AuditLogs,
  type AuditVerification
} from "./AuditLogs.ts"
export { AuditRecords, type SealedRow } from "./AuditRecords.ts"
export type { AuditSeal } from "./auditSeal.ts"
