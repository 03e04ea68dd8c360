import * as z from "zod"
import {
  changesSchema,
  column,
  generated,
  inputSchema,
  insertSchema,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  secret,
  timestamp,
  updateSchema,
  withDefault
} from "../../domain/columns.ts"
import { text } from "../../domain/text.ts"
import { Uuid } from "../../domain/values.ts"

/** The name of an event, such as `"job:completed"`. */
export const WebhookEvent = text(50).min(1)

const columns = {
  id: primaryKey,
  userId: column(Uuid),
  url: column(text(2048)),
  /** Signs what is sent. */
  secret: secret(column(text(255))),
  events: column(z.array(WebhookEvent).min(1).max(100)),
  enabled: withDefault(column(z.boolean()), true),
  createdAt: generated(timestamp),
  updatedAt: generated(timestamp)
}

/** A row of `webhooks`. */
export const WebhookRow = rowSchema(columns)
export type WebhookRow = z.output<typeof WebhookRow>

/** What a caller gives for a new webhook. */
export const WebhookInput = inputSchema(columns)
export type WebhookInput = z.input<typeof WebhookInput>

/** From {@link WebhookInput} to the columns of an `INSERT` into `webhooks`. */
export const WebhookInsert = insertSchema(columns, WebhookInput)
export type WebhookInsert = z.output<typeof WebhookInsert>

/** What a caller may change in a webhook. */
export const WebhookChanges = changesSchema(columns)
export type WebhookChanges = z.input<typeof WebhookChanges>

/** From {@link WebhookChanges} to the columns of an `UPDATE` of `webhooks`. */
export const WebhookUpdate = updateSchema(columns, WebhookChanges)
export type WebhookUpdate = z.output<typeof WebhookUpdate>

/** An address that is told of a user's events, as its owner sees it: without its secret. */
export const Webhook = publicSchema(columns)
export type Webhook = z.output<typeof Webhook>

/** Between rows of `webhooks` and {@link Webhook}. */
export const WebhookCodec = rowCodec(columns, WebhookRow.partial({ secret: true }), Webhook)
