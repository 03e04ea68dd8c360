import { isLegalStatusChange, type JobStatus } from "../../../domain/jobStatus.ts"
import { type MemoryTable, unique } from "../MemoryTable.ts"
import { newTouchedRow, touched } from "./columns.ts"

export const processingJobs: MemoryTable = {
  name: "processing_jobs",
  key: ["id"],
  defaults: (session) => ({
    ...newTouchedRow(session),
    idempotency_key: null,
    queue: null,
    priority: 0,
    woken_at: session.now,
    available_at: session.now,
    lease_owner: null,
    lease_expires_at: null,
    fencing_token: 0,
    poison_count: 0,
    checkpoint: null
  }),
  touched,
  checks: [
    {
      constraint: "check_job_status_change",
      holds: ({ status }, before) =>
        before === undefined ||
        status === before.status ||
        // Both were parsed before they were stored.
        isLegalStatusChange(before.status as JobStatus, status as JobStatus)
    }
  ],
  uniques: [
    {
      constraint: "idx_processing_jobs_one_live",
      valueOf: ({ document_id, status }) => (status === "completed" || status === "failed" ? null : String(document_id))
    },
    unique("idx_processing_jobs_idempotency_key", "user_id", "idempotency_key")
  ],
  references: [
    { constraint: "processing_jobs_document_id_fkey", column: "document_id", table: "documents", onRemove: "remove" },
    {
      constraint: "processing_jobs_timetable_id_fkey",
      column: "timetable_id",
      table: "timetables",
      onRemove: "setNull"
    },
    { constraint: "processing_jobs_user_id_fkey", column: "user_id", table: "users", onRemove: "remove" }
  ]
}
