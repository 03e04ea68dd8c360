import * as z from "zod"
import {
  changesSchema,
  column,
  generated,
  inputSchema,
  insertSchema,
  nullable,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  timestamp,
  updateSchema,
  withDefault
} from "../../domain/columns.ts"
import { json } from "../../domain/json.ts"
import { text } from "../../domain/text.ts"
import { Count, Integer, Uuid } from "../../domain/values.ts"
import { WebhookEvent } from "./Webhook.ts"

/** Whether a message has arrived, is still to be sent, or was given up. */
export const WebhookDeliveryStatus = z.enum(["pending", "delivered", "failed"])
export type WebhookDeliveryStatus = z.output<typeof WebhookDeliveryStatus>

/** What a webhook is told; plain JSON. */
export const WebhookPayload = json(z.record(z.string(), z.json()))
export type WebhookPayload = z.output<typeof WebhookPayload>

const columns = {
  id: primaryKey,
  webhookId: column(Uuid),
  event: column(WebhookEvent),
  payload: column(WebhookPayload),
  status: withDefault(column(WebhookDeliveryStatus), "pending"),
  attempts: withDefault(column(Count), 0),
  /** The HTTP status of the last answer. */
  responseStatus: nullable(column(Integer)),
  /** Why the last attempt failed. */
  error: nullable(column(text())),
  /** Not before; at once where null. */
  nextAttemptAt: nullable(timestamp),
  deliveredAt: nullable(timestamp),
  createdAt: generated(timestamp)
}

/** A row of `webhook_deliveries`. */
export const WebhookDeliveryRow = rowSchema(columns)
export type WebhookDeliveryRow = z.output<typeof WebhookDeliveryRow>

/** What a caller gives for a new delivery. */
export const WebhookDeliveryInput = inputSchema(columns)
export type WebhookDeliveryInput = z.input<typeof WebhookDeliveryInput>

/** From {@link WebhookDeliveryInput} to the columns of an `INSERT` into `webhook_deliveries`. */
export const WebhookDeliveryInsert = insertSchema(columns, WebhookDeliveryInput)
export type WebhookDeliveryInsert = z.output<typeof WebhookDeliveryInsert>

/** What a caller may change in a delivery. */
export const WebhookDeliveryChanges = changesSchema(columns)
export type WebhookDeliveryChanges = z.input<typeof WebhookDeliveryChanges>

/** From {@link WebhookDeliveryChanges} to the columns of an `UPDATE` of `webhook_deliveries`. */
export const WebhookDeliveryUpdate = updateSchema(columns, WebhookDeliveryChanges)
export type WebhookDeliveryUpdate = z.output<typeof WebhookDeliveryUpdate>

/** One message to one webhook, and what has become of it. */
export const WebhookDelivery = publicSchema(columns)
export type WebhookDelivery = z.output<typeof WebhookDelivery>

/** Between rows of `webhook_deliveries` and {@link WebhookDelivery}. */
export const WebhookDeliveryCodec = rowCodec(columns, WebhookDeliveryRow, WebhookDelivery)
