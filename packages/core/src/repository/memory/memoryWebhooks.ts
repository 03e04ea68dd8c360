import { Duration, Effect } from "effect"
import type { Row } from "../EntityTable.ts"
import { type WebhookDeliveries, type WebhookDeliveryFilter, webhookDeliveryTable } from "../WebhookDeliveries.ts"
import { type WebhookFilter, type Webhooks, webhookTable } from "../Webhooks.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { equal, matching } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

export const memoryWebhooks = (database: MemoryDatabase["Service"]): Webhooks["Service"] =>
  memoryRepository(
    database,
    webhookTable,
    matching<WebhookFilter>({ userId: equal("user_id"), enabled: equal("enabled") })
  )

const matches = matching<WebhookDeliveryFilter>({ webhookId: equal("webhook_id"), status: equal("status") })

export const memoryWebhookDeliveries = (database: MemoryDatabase["Service"]): WebhookDeliveries["Service"] => ({
  ...memoryRepository(database, webhookDeliveryTable, matches),
  publish: Effect.fnUntraced(function* (userId, event, payload) {
    // The webhook is not known yet; any id will do to have the rest checked.
    const { webhook_id: _, ...columns } = yield* webhookDeliveryTable.insertOf({ webhookId: anyId, event, payload })
    return yield* database.statement((session) => {
      const asked = session
        .rows("webhooks")
        .filter(
          ({ enabled, events, user_id }) =>
            user_id === userId.toLowerCase() && enabled === true && (events as ReadonlyArray<string>).includes(event)
        )
      for (const { id } of asked) session.insert("webhook_deliveries", { ...columns, webhook_id: id })
      return asked.length
    })
  }),
  claimDue: Effect.fnUntraced(function* (limit, lease) {
    const due = yield* database.statement((session) => {
      const leaseEnd = new Date(session.now.getTime() + Duration.toMillis(lease))
      return session
        .rows("webhook_deliveries")
        .filter((row) => row.status === "pending" && dueAt(row) <= session.now.getTime())
        .toSorted((a, b) => dueAt(a) - dueAt(b))
        .flatMap((row) => {
          const webhook = session.find("webhooks", row.webhook_id)
          return webhook?.enabled === true ? [{ row, webhook }] : []
        })
        .slice(0, limit)
        .map(({ row, webhook }) => ({
          row: session.update("webhook_deliveries", [row.id], {
            attempts: Number(row.attempts) + 1,
            next_attempt_at: leaseEnd
          }),
          url: String(webhook.url),
          secret: String(webhook.secret)
        }))
    })
    return yield* Effect.forEach(due, ({ row = {}, secret, url }) =>
      Effect.map(webhookDeliveryTable.entityOf(row), (delivery) => ({ delivery, url, secret }))
    )
  })
})

const anyId = "00000000-0000-0000-0000-000000000000"

/** Since when a delivery has been due: since it was made, where no moment was said. */
const dueAt = ({ created_at, next_attempt_at }: Row) => ((next_attempt_at ?? created_at) as Date).getTime()
