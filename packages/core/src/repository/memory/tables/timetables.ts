import type { MemoryTable } from "../MemoryTable.ts"
import { newTouchedRow, touched } from "./columns.ts"

export const timetables: MemoryTable = {
  name: "timetables",
  key: ["id"],
  defaults: newTouchedRow,
  touched,
  references: [{ constraint: "timetables_user_id_fkey", column: "user_id", table: "users", onRemove: "remove" }]
}
