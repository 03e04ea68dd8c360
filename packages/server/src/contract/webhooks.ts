import * as z from "zod"
import { endpoint } from "./endpoint.ts"
import { ById, ListQuery, listOf } from "./shapes.ts"

const tag = "Webhooks"

/** What a webhook can be told of. */
const WebhookEvent = z.enum(["job:status", "job:completed", "job:failed", "hitl:required"])

/** A webhook; its secret is shown once, when it is made. */
const Webhook = z.object({
  id: z.guid(),
  url: z.url(),
  events: z.array(z.string()),
  enabled: z.boolean(),
  createdAt: z.iso.datetime()
})

/** One message to a webhook. */
const WebhookDelivery = z.object({
  id: z.guid(),
  event: z.string(),
  status: z.enum(["pending", "delivered", "failed"]),
  attempts: z.int(),
  responseStatus: z.int().nullable(),
  error: z.string().nullable(),
  nextAttemptAt: z.iso.datetime().nullable(),
  deliveredAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime()
})

const Url = z.url({ protocol: /^https?$/ }).max(2000)

export const webhooks = {
  list: endpoint({
    method: "get",
    path: "/webhooks",
    tag,
    summary: "List one's webhooks",
    access: "webhook:read",
    query: ListQuery,
    answer: { status: 200, body: listOf(Webhook) }
  }),
  create: endpoint({
    method: "post",
    path: "/webhooks",
    tag,
    summary: "Make a webhook; the answer is the only place that shows its secret",
    access: "webhook:create",
    body: z.strictObject({ url: Url, events: z.array(WebhookEvent).min(1) }),
    answer: { status: 201, body: Webhook.extend({ secret: z.string() }) }
  }),
  update: endpoint({
    method: "patch",
    path: "/webhooks/{id}",
    tag,
    summary: "Change a webhook",
    access: "webhook:update",
    params: ById,
    body: z.strictObject({ url: Url, events: z.array(WebhookEvent).min(1), enabled: z.boolean() }).partial(),
    answer: { status: 200, body: Webhook }
  }),
  delete: endpoint({
    method: "delete",
    path: "/webhooks/{id}",
    tag,
    summary: "Delete a webhook",
    access: "webhook:delete",
    params: ById,
    answer: { status: 204 }
  }),
  deliveries: endpoint({
    method: "get",
    path: "/webhooks/{id}/deliveries",
    tag,
    summary: "List what was sent to a webhook, newest first",
    access: "webhook:read",
    params: ById,
    query: ListQuery,
    answer: { status: 200, body: listOf(WebhookDelivery) }
  }),
  redeliver: endpoint({
    method: "post",
    path: "/webhooks/{id}/deliveries/{deliveryId}/redeliver",
    tag,
    summary: "Send a message again",
    access: "webhook:update",
    params: ById.extend({ deliveryId: z.guid() }),
    answer: { status: 202, body: WebhookDelivery }
  })
} as const
