import { type MemoryTable, unique } from "../MemoryTable.ts"
import { counted, newRow } from "./columns.ts"

export const apiKeys: MemoryTable = {
  name: "api_keys",
  key: ["id"],
  defaults: newRow,
  touched: counted,
  uniques: [unique("api_keys_secret_hash_key", "secret_hash")],
  references: [{ constraint: "api_keys_user_id_fkey", column: "user_id", table: "users", onRemove: "remove" }]
}
