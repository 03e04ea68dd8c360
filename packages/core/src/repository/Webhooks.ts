import { Context } from "effect"
import * as z from "zod"
import { Uuid } from "../domain/values.ts"
import { entityTable } from "./EntityTable.ts"
import type { Repository } from "./Repository.ts"
import {
  type Webhook,
  type WebhookChanges,
  WebhookCodec,
  type WebhookInput,
  WebhookInsert,
  WebhookUpdate
} from "./records/Webhook.ts"

/** Which webhooks a list is of. */
export const WebhookFilter = z.strictObject({ userId: Uuid.optional(), enabled: z.boolean().optional() })
export type WebhookFilter = z.output<typeof WebhookFilter>

/** The table of {@link Webhooks}. */
export const webhookTable = entityTable({
  name: "webhooks",
  codec: WebhookCodec,
  insert: WebhookInsert,
  update: WebhookUpdate,
  filter: WebhookFilter
})

/** Keeps the addresses that are told of users' events. Adapters are checked by `webhooksContract`. */
export class Webhooks extends Context.Service<
  Webhooks,
  Repository<Webhook, WebhookInput, WebhookChanges, WebhookFilter>
>()("@timegrid/core/repository/Webhooks") {}
