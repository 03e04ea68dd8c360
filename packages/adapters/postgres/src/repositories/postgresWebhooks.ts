import {
  rowIdOf,
  type WebhookDeliveries,
  type WebhookDeliveryFilter,
  type WebhookFilter,
  type Webhooks,
  webhookDeliveryTable,
  webhookTable
} from "@timegrid/core/repository"
import { Duration, Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { type Conditions, equal } from "./conditions.ts"
import { postgresRepository } from "./postgresRepository.ts"
import { span } from "./spans.ts"

const webhookConditions: Conditions<WebhookFilter> = { userId: equal("user_id"), enabled: equal("enabled") }

export const postgresWebhooks = (database: PostgresDatabase["Service"]): Webhooks["Service"] =>
  postgresRepository(database, webhookTable, webhookConditions)

const conditions: Conditions<WebhookDeliveryFilter> = { webhookId: equal("webhook_id"), status: equal("status") }

const table = "webhook_deliveries"
const columns = [...webhookDeliveryTable.columns, "version"].map((column) => `delivery."${column}"`).join(", ")

// The webhook is not known yet; any id will do to have the rest checked.
const anyId = "00000000-0000-0000-0000-000000000000"

export const postgresWebhookDeliveries = (database: PostgresDatabase["Service"]): WebhookDeliveries["Service"] => {
  const { count, name, run, sql } = database
  const [deliveries, webhooks] = [name(table), name("webhooks")]
  return {
    ...postgresRepository(database, webhookDeliveryTable, conditions),
    publish: Effect.fnUntraced(function* (userId, event, payload) {
      yield* webhookDeliveryTable.insertOf({ webhookId: anyId, event, payload })
      const owner = rowIdOf(userId)
      if (Option.isNone(owner)) return 0
      return yield* count(
        table,
        sql`INSERT INTO ${deliveries} (webhook_id, event, payload)
          SELECT id, ${event}, ${sql.json(payload)} FROM ${webhooks}
          WHERE user_id = ${owner.value} AND enabled AND ${event} = ANY (events)`
      )
    }),
    claimDue: Effect.fnUntraced(function* (limit, lease) {
      const rows = yield* run(
        table,
        sql`WITH due AS (
            SELECT delivery.id, webhook.url, webhook.secret, COALESCE(next_attempt_at, delivery.created_at) AS due_at
            FROM ${deliveries} delivery JOIN ${webhooks} webhook ON webhook.id = delivery.webhook_id
            WHERE delivery.status = 'pending' AND webhook.enabled
              AND COALESCE(next_attempt_at, delivery.created_at) <= now()
            ORDER BY due_at LIMIT ${limit} FOR UPDATE OF delivery SKIP LOCKED
          ), claimed AS (
            UPDATE ${deliveries} delivery SET attempts = attempts + 1, next_attempt_at = now() + ${span(sql, Duration.toMillis(lease))}
            FROM due WHERE delivery.id = due.id
            RETURNING ${sql.literal(columns)}, due.url, due.secret, due.due_at
          )
          SELECT * FROM claimed ORDER BY due_at`
      )
      return yield* Effect.forEach(rows, (row) =>
        Effect.map(webhookDeliveryTable.entityOf(row), (delivery) => ({
          delivery,
          url: String(row.url),
          secret: String(row.secret)
        }))
      )
    })
  }
}
