import type { MemoryTable } from "../MemoryTable.ts"
import { newTouchedRow, touched } from "./columns.ts"

export const hitlTasks: MemoryTable = {
  name: "hitl_tasks",
  key: ["id"],
  defaults: (session) => ({ ...newTouchedRow(session), lease_expires_at: null }),
  touched,
  uniques: [
    {
      constraint: "idx_hitl_tasks_one_open",
      valueOf: ({ job_id, status }) => (status === "completed" || status === "cancelled" ? null : String(job_id))
    }
  ],
  references: [
    { constraint: "hitl_tasks_job_id_fkey", column: "job_id", table: "processing_jobs", onRemove: "remove" },
    { constraint: "hitl_tasks_assigned_to_fkey", column: "assigned_to", table: "users", onRemove: "setNull" }
  ]
}
