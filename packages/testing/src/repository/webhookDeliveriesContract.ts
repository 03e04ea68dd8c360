import { assert, type Vitest } from "@effect/vitest"
import { type RepositoryServices, WebhookDeliveries, Webhooks } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import { givenUser, givenWebhook, unlike } from "./given.ts"

const input = (webhookId: string) => ({ webhookId, event: "job:completed", payload: { jobId: "1", seq: 4 } })

/** Claims what other tests have left, so that the next claims find their own deliveries alone. */
const claimLeftovers = WebhookDeliveries.use((deliveries) =>
  Effect.repeat(deliveries.claimDue(100, "1 hour"), { until: (due) => due.length === 0 })
)

/** The promises of `WebhookDeliveries`. */
export const webhookDeliveriesContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "webhook_deliveries",
    repository: Effect.gen(function* () {
      return yield* WebhookDeliveries
    }),
    scope: Effect.map(givenWebhook(), ({ id }) => ({
      filter: { webhookId: id },
      input: Effect.sync(() => ({ ...input(id), id: unlike() }))
    })),
    noMatch: { webhookId: unlike() },
    changes: { status: "delivered", responseStatus: 204, attempts: 2, deliveredAt: "2031-02-03T04:05:06.789Z" },
    changed: { status: "delivered", responseStatus: 204, attempts: 2, deliveredAt: "2031-02-03T04:05:06.789Z" },
    invalid: {
      "a status that is none": { status: "sent" },
      "fewer attempts than none": { attempts: -1 },
      "text that Postgres refuses": { payload: { name: "a\0b" } }
    }
  })

  it.effect("an event is published to each of the user's webhooks that asked for it and is enabled", () =>
    Effect.gen(function* () {
      const deliveries = yield* WebhookDeliveries
      const { id: userId } = yield* givenUser()
      const asked = yield* givenWebhook({ userId, events: ["job:failed", "job:completed"] })
      const others = [
        yield* givenWebhook({ userId, events: ["job:failed"] }),
        yield* givenWebhook({ userId, enabled: false }),
        yield* givenWebhook()
      ]
      assert.strictEqual(yield* deliveries.publish(userId, "job:completed", { jobId: "1" }), 1)
      assert.strictEqual(yield* deliveries.publish(userId, "job:status", {}), 0)
      assert.strictEqual(yield* deliveries.publish(unlike(), "job:completed", {}), 0)
      const { items } = yield* deliveries.list({ filter: { webhookId: asked.id, status: "pending" } })
      assert.deepStrictEqual(
        items.map(({ attempts, event, payload }) => [event, payload, attempts]),
        [["job:completed", { jobId: "1" }, 0]]
      )
      for (const { id } of others)
        assert.deepStrictEqual((yield* deliveries.list({ filter: { webhookId: id } })).items, [])
      yield* assertFailsAs("RowInvalid", deliveries.publish(userId, "job:completed", { name: "a\0b" }))
      yield* assertFailsAs("RowInvalid", deliveries.publish(userId, "job:\ud800", {}))
    })
  )

  it.effect("what is due is claimed with its address and secret, the longest due first, and once", () =>
    Effect.gen(function* () {
      const deliveries = yield* WebhookDeliveries
      const { id } = yield* givenWebhook({ url: "https://own.example", secret: "whsec_own" })
      yield* claimLeftovers
      const later = yield* deliveries.insert({ ...input(id), nextAttemptAt: "2002-01-01T00:00:00.000Z" })
      const sooner = yield* deliveries.insert({ ...input(id), nextAttemptAt: "2001-01-01T00:00:00.000Z" })
      yield* deliveries.insert({ ...input(id), nextAttemptAt: "2999-01-01T00:00:00.000Z" })
      yield* deliveries.insert({ ...input(id), status: "delivered" })
      yield* deliveries.insert({ ...input(id), status: "failed" })
      const due = [...(yield* deliveries.claimDue(1, "1 hour")), ...(yield* deliveries.claimDue(9, "1 hour"))]
      assert.deepStrictEqual(
        due.map(({ delivery, secret, url }) => [delivery.id, delivery.attempts, delivery.version, url, secret]),
        [sooner, later].map((delivery) => [delivery.id, 1, 2, "https://own.example", "whsec_own"])
      )
      assert.deepStrictEqual(yield* deliveries.claimDue(9, "1 hour"), [])
      const again = yield* deliveries.update(sooner.id, { nextAttemptAt: null })
      assert.isTrue(Option.isSome(again))
      assert.deepStrictEqual(
        (yield* deliveries.claimDue(9, "1 hour")).map(({ delivery }) => [delivery.id, delivery.attempts]),
        [[sooner.id, 2]]
      )
    })
  )

  it.effect("after its lease a delivery is claimed by another, and who had it comes too late", () =>
    Effect.gen(function* () {
      const deliveries = yield* WebhookDeliveries
      const { id } = yield* givenWebhook()
      yield* claimLeftovers
      yield* deliveries.insert(input(id))
      const [slow] = yield* deliveries.claimDue(1, "1 millis")
      yield* Effect.sleep("5 millis")
      const [next] = yield* deliveries.claimDue(1, "1 hour")
      if (slow === undefined || next === undefined) return assert.fail("Nothing was claimed")
      assert.strictEqual(next.delivery.id, slow.delivery.id)
      const write = ({ id, version }: typeof slow.delivery) =>
        deliveries.update(id, { status: "delivered" }, { ifVersion: version })
      yield* assertFailsAs("StaleVersion", write(slow.delivery))
      yield* write(next.delivery)
    })
  )

  it.effect("of several who claim at once each gets other deliveries", () =>
    Effect.gen(function* () {
      const deliveries = yield* WebhookDeliveries
      const { id } = yield* givenWebhook()
      yield* claimLeftovers
      yield* deliveries.insertMany(Array.from({ length: 20 }, () => input(id)))
      const claims = yield* Effect.replicateEffect(deliveries.claimDue(4, "1 hour"), 5, { concurrency: "unbounded" })
      const ids = claims.flat().map(({ delivery }) => delivery.id)
      assert.strictEqual(new Set(ids).size, ids.length)
      const rest = yield* deliveries.claimDue(100, "1 hour")
      assert.strictEqual(ids.length + rest.length, 20)
    })
  )

  it.effect("nothing is due for a webhook that was switched off, until it is on again", () =>
    Effect.gen(function* () {
      const deliveries = yield* WebhookDeliveries
      const webhooks = yield* Webhooks
      const { id } = yield* givenWebhook({ enabled: false })
      yield* claimLeftovers
      yield* deliveries.insert(input(id))
      assert.deepStrictEqual(yield* deliveries.claimDue(9, "1 hour"), [])
      yield* webhooks.update(id, { enabled: true })
      assert.strictEqual((yield* deliveries.claimDue(9, "1 hour")).length, 1)
    })
  )

  it.effect("a delivery is of a webhook, and goes with it", () =>
    Effect.gen(function* () {
      const deliveries = yield* WebhookDeliveries
      const orphan = deliveries.insert(input(unlike()))
      yield* assertRefusedBy("ConstraintViolation", "webhook_deliveries_webhook_id_fkey", orphan)
      const webhook = yield* givenWebhook()
      const { id } = yield* deliveries.insert(input(webhook.id))
      yield* (yield* Webhooks).remove(webhook.id)
      assert.deepStrictEqual(yield* deliveries.find(id), Option.none())
    })
  )
}
