export { type Actor, CurrentActor, system } from "./Actor.ts"
export {
  type AuditEntry,
  type AuditFault,
  type AuditLogFilter,
  AuditLogs,
  type AuditVerification
} from "./AuditLogs.ts"
export { AuditRecords, type SealedRow } from "./AuditRecords.ts"
export { type AuditMonth, auditMonthOf } from "./auditMonths.ts"
export {
  type AuditListPart,
  auditListPartOf,
  auditLogColumns,
  auditLogColumnsOf,
  auditLogOf,
  auditSealColumns,
  auditSealColumnsOf,
  sealedRowOf
} from "./auditRow.ts"
export type { AuditSeal } from "./auditSeal.ts"
