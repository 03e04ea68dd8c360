/** Webhooks: made, changed, deleted, and what was sent to them. */
import { WebhookDeliveries, Webhooks } from "@timegrid/core/repository"
import { Clock, Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import { makeSecret } from "../authentication/secrets.ts"
import type { Principal } from "../authorization/Principal.ts"
import { permits } from "../authorization/Principal.ts"
import type { Permission } from "../authorization/permissions.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"
import { resolveTarget } from "./targets.ts"

const visibleWebhook = Effect.fnUntraced(function* (principal: Principal, permission: Permission, id: string) {
  const found = yield* Webhooks.use((webhooks) => webhooks.find(id))
  const webhook = Option.filter(found, (each) => permits(principal, permission, each))
  return Option.isSome(webhook) ? webhook.value : yield* new Problem({ code: "not_found" })
})

/** Refuses a URL that leads where no message is ever sent; the address is looked at again with each message. */
const checkUrl = Effect.fnUntraced(function* (url: string | undefined) {
  if (url === undefined) return
  const { privateWebhooks } = yield* ServerSettings
  yield* Effect.mapError(
    resolveTarget(url, { allowPrivate: privateWebhooks }),
    ({ problem }) => new Problem({ code: "validation_failed", errors: [{ pointer: "/url", message: problem }] })
  )
})

const list = operation(api.webhooks.list, ({ principal: { userId }, query: { cursor, limit } }) =>
  Effect.map(
    Webhooks.use((webhooks) => webhooks.list({ filter: { userId }, limit, after: cursor })),
    (body) => ({ body })
  )
)

const create = operation(api.webhooks.create, ({ body, principal: { userId } }) =>
  Effect.gen(function* () {
    yield* checkUrl(body.url)
    const secret = `whsec_${Buffer.from(makeSecret(), "base64url").toString("base64")}`
    const made = yield* audited(
      ({ id }) => ({ action: "webhook.created", resourceType: "webhook", resourceId: id }),
      Webhooks.use((webhooks) => webhooks.insert({ ...body, userId, secret }))
    )
    return { body: { ...made, secret } }
  })
)

const update = operation(api.webhooks.update, ({ body, params: { id }, principal }) =>
  Effect.gen(function* () {
    yield* visibleWebhook(principal, "webhook:update", id)
    yield* checkUrl(body.url)
    const changed = yield* audited(
      () => ({
        action: "webhook.updated",
        resourceType: "webhook",
        resourceId: id,
        changes: { fields: Object.keys(body) }
      }),
      Webhooks.use((webhooks) => webhooks.update(id, body))
    )
    return Option.isSome(changed) ? { body: changed.value } : yield* new Problem({ code: "not_found" })
  })
)

const remove = operation(api.webhooks.delete, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    yield* visibleWebhook(principal, "webhook:delete", id)
    yield* audited(
      () => ({ action: "webhook.deleted", resourceType: "webhook", resourceId: id }),
      Webhooks.use((webhooks) => webhooks.remove(id))
    )
    return { body: undefined }
  })
)

const deliveries = operation(api.webhooks.deliveries, ({ params: { id }, principal, query: { cursor, limit } }) =>
  Effect.gen(function* () {
    yield* visibleWebhook(principal, "webhook:read", id)
    const log = yield* WebhookDeliveries
    return { body: yield* log.list({ filter: { webhookId: id }, limit, after: cursor }) }
  })
)

const redeliver = operation(api.webhooks.redeliver, ({ params: { deliveryId, id }, principal }) =>
  Effect.gen(function* () {
    yield* visibleWebhook(principal, "webhook:update", id)
    const log = yield* WebhookDeliveries
    const delivery = Option.filter(yield* log.find(deliveryId), ({ webhookId }) => webhookId === id)
    if (Option.isNone(delivery)) return yield* new Problem({ code: "not_found" })
    const nextAttemptAt = new Date(yield* Clock.currentTimeMillis).toISOString()
    const again = yield* audited(
      () => ({ action: "webhook.redelivered", resourceType: "webhook", resourceId: id, changes: { deliveryId } }),
      log.update(deliveryId, { status: "pending", nextAttemptAt })
    )
    return Option.isSome(again) ? { body: again.value } : yield* new Problem({ code: "not_found" })
  })
)

/** Every operation on webhooks. */
export const webhookOperations = [list, create, update, remove, deliveries, redeliver]
