import { type MemoryTable, unique } from "../MemoryTable.ts"
import { newTouchedRow, touched } from "./columns.ts"

export const users: MemoryTable = {
  name: "users",
  key: ["id"],
  defaults: newTouchedRow,
  touched,
  uniques: [
    unique("users_email_key", "email"),
    { constraint: "idx_users_email_case_blind", valueOf: ({ email }) => String(email).toLowerCase() }
  ]
}
