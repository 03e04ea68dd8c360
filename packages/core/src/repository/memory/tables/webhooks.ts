import type { MemoryTable } from "../MemoryTable.ts"
import { counted, newRow, newTouchedRow, touched } from "./columns.ts"

export const webhooks: MemoryTable = {
  name: "webhooks",
  key: ["id"],
  defaults: newTouchedRow,
  touched,
  references: [{ constraint: "webhooks_user_id_fkey", column: "user_id", table: "users", onRemove: "remove" }]
}

export const webhookDeliveries: MemoryTable = {
  name: "webhook_deliveries",
  key: ["id"],
  defaults: newRow,
  touched: counted,
  references: [
    { constraint: "webhook_deliveries_webhook_id_fkey", column: "webhook_id", table: "webhooks", onRemove: "remove" }
  ]
}
