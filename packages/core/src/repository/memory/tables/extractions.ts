import { type MemoryTable, unique } from "../MemoryTable.ts"
import { counted, newRow } from "./columns.ts"

export const extractions: MemoryTable = {
  name: "extractions",
  key: ["id"],
  defaults: newRow,
  touched: counted,
  uniques: [unique("idx_extractions_job_id", "job_id")],
  references: [
    { constraint: "extractions_document_id_fkey", column: "document_id", table: "documents", onRemove: "remove" },
    { constraint: "extractions_job_id_fkey", column: "job_id", table: "processing_jobs", onRemove: "setNull" }
  ]
}
