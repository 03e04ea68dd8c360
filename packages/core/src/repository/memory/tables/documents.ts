import { type MemoryTable, unique } from "../MemoryTable.ts"
import { newTouchedRow, touched } from "./columns.ts"

export const documents: MemoryTable = {
  name: "documents",
  key: ["id"],
  defaults: newTouchedRow,
  touched,
  uniques: [unique("idx_documents_s3_location", "s3_bucket", "s3_key")],
  references: [
    { constraint: "documents_timetable_id_fkey", column: "timetable_id", table: "timetables", onRemove: "setNull" },
    { constraint: "documents_user_id_fkey", column: "user_id", table: "users", onRemove: "remove" }
  ],
  removed: ({ s3_bucket, s3_key, s3_version_id }, session) => {
    session.insert("storage_tombstones", { bucket: s3_bucket, key: s3_key, version_id: s3_version_id })
  }
}

export const storageTombstones: MemoryTable = {
  name: "storage_tombstones",
  key: ["id"],
  defaults: (session) => ({ id: session.nextNumber("storage_tombstones"), created_at: session.now })
}
