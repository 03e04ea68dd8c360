import { Context, type Duration, type Effect } from "effect"
import * as z from "zod"
import { Uuid } from "../domain/values.ts"
import { entityTable } from "./EntityTable.ts"
import type { Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"
import {
  type WebhookDelivery,
  type WebhookDeliveryChanges,
  WebhookDeliveryCodec,
  type WebhookDeliveryInput,
  WebhookDeliveryInsert,
  WebhookDeliveryStatus,
  WebhookDeliveryUpdate,
  type WebhookPayload
} from "./records/WebhookDelivery.ts"

/** Which deliveries a list is of. */
export const WebhookDeliveryFilter = z.strictObject({
  webhookId: Uuid.optional(),
  status: WebhookDeliveryStatus.optional()
})
export type WebhookDeliveryFilter = z.output<typeof WebhookDeliveryFilter>

/** The table of {@link WebhookDeliveries}. */
export const webhookDeliveryTable = entityTable({
  name: "webhook_deliveries",
  codec: WebhookDeliveryCodec,
  insert: WebhookDeliveryInsert,
  update: WebhookDeliveryUpdate,
  filter: WebhookDeliveryFilter
})

/** A delivery that is to be attempted now, and what that needs. */
export interface DueDelivery {
  readonly delivery: Stored<WebhookDelivery>
  readonly url: string
  readonly secret: string
}

/** Keeps what is sent to webhooks. Adapters are checked by `webhookDeliveriesContract`. */
export class WebhookDeliveries extends Context.Service<
  WebhookDeliveries,
  Repository<WebhookDelivery, WebhookDeliveryInput, WebhookDeliveryChanges, WebhookDeliveryFilter> & {
    /** Makes a delivery for each enabled webhook of the user that asked for the event; the result is how many. */
    readonly publish: (userId: string, event: string, payload: WebhookPayload) => Effect.Effect<number, RepositoryError>
    /**
     * Takes deliveries of enabled webhooks that are due by the store's clock, at most `limit`, the longest due first, and counts an attempt
     * of each. Nobody else is given them until `lease` is over. Whoever writes what became of one passes its version as
     * `ifVersion`, and so comes too late where another has taken it meanwhile.
     */
    readonly claimDue: (
      limit: number,
      lease: Duration.Input
    ) => Effect.Effect<ReadonlyArray<DueDelivery>, RepositoryError>
  }
>()("@timegrid/core/repository/WebhookDeliveries") {}
