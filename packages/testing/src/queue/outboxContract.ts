import { assert, layer } from "@effect/vitest"
import { Outbox, type OutboxMessage, type RelayOptions } from "@timegrid/core/queue"
import { UnitOfWork } from "@timegrid/core/repository"
import { Deferred, Effect, Fiber, type Layer } from "effect"
import { unlike } from "../repository/given.ts"
import type { QueueServices } from "./givenJobs.ts"

const publishAll = (topic: string, payloads: ReadonlyArray<number>) =>
  Outbox.use((outbox) => Effect.forEach(payloads, (payload) => outbox.publish(topic, payload), { discard: true }))

/** Relays a topic; what was delivered goes to `delivered`, payloads in `broken` are refused. */
const relay = (
  topic: string,
  delivered: Array<unknown>,
  broken: ReadonlySet<unknown> = new Set(),
  options?: RelayOptions
) =>
  Outbox.use((outbox) =>
    outbox.relay(
      topic,
      (messages) =>
        Effect.suspend(() => {
          const bad = messages.find(({ payload }) => broken.has(payload))
          if (bad !== undefined) return Effect.fail(new Error(`cannot deliver ${JSON.stringify(bad.payload)}`))
          delivered.push(...messages.map(({ payload }) => payload))
          return Effect.void
        }),
      options
    )
  )

/**
 * The promises that every outbox keeps. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * outboxContract("memory", MemoryJobs.layer)
 */
export const outboxContract = <E>(name: string, store: Layer.Layer<QueueServices, E>): void => {
  layer(store, { excludeTestServices: true })(`Outbox contract: ${name}`, (it) => {
    it.effect("messages of a topic are delivered in their order, once each, however many", () =>
      Effect.gen(function* () {
        const topic = unlike()
        const payloads = Array.from({ length: 25 }, (_, index) => index)
        yield* publishAll(topic, payloads)
        const delivered: Array<unknown> = []
        const report = yield* relay(topic, delivered, undefined, { limit: 10 })
        assert.deepStrictEqual(report, { delivered: 25, delayed: 0, dead: 0 })
        assert.deepStrictEqual(delivered, payloads)
        assert.deepStrictEqual(yield* relay(topic, delivered), { delivered: 0, delayed: 0, dead: 0 })
      })
    )

    it.effect("payloads are delivered as they were published", () =>
      Effect.gen(function* () {
        const topic = unlike()
        const payloads = [null, "Ünïcode ✓", 1.5, [1, [2]], { aB: { c_d: null }, "": true }]
        const outbox = yield* Outbox
        yield* Effect.forEach(payloads, (payload) => outbox.publish(topic, payload))
        const delivered: Array<unknown> = []
        yield* relay(topic, delivered)
        assert.deepStrictEqual(delivered, payloads)
      })
    )

    it.effect("topics keep apart", () =>
      Effect.gen(function* () {
        const [one, other] = [unlike(), unlike()]
        yield* publishAll(one, [1])
        yield* publishAll(other, [2])
        const delivered: Array<unknown> = []
        yield* relay(other, delivered)
        assert.deepStrictEqual(delivered, [2])
      })
    )

    it.effect("a message of a transaction that fails is none", () =>
      Effect.gen(function* () {
        const topic = unlike()
        const { transaction } = yield* UnitOfWork
        yield* Effect.flip(transaction(Effect.andThen(publishAll(topic, [1]), Effect.fail("undone"))))
        yield* transaction(publishAll(topic, [2]))
        const delivered: Array<unknown> = []
        yield* relay(topic, delivered)
        assert.deepStrictEqual(delivered, [2])
      })
    )

    it.effect("one that cannot be delivered holds up those behind it and is tried again later", () =>
      Effect.gen(function* () {
        const topic = unlike()
        yield* publishAll(topic, [1, 2, 3])
        const delivered: Array<unknown> = []
        const broken = new Set([2])
        const options = { backoff: "30 millis" } as const
        const report = yield* relay(topic, delivered, broken, options)
        assert.deepStrictEqual(report, { delivered: 1, delayed: 1, dead: 0 })
        assert.deepStrictEqual(yield* relay(topic, delivered, undefined, options), {
          delivered: 0,
          delayed: 0,
          dead: 0
        })
        yield* Effect.sleep(60)
        yield* relay(topic, delivered, undefined, options)
        assert.deepStrictEqual(delivered, [1, 2, 3])
      })
    )

    it.effect("one that fails too often is given up, stays to be seen, and lets the others pass", () =>
      Effect.gen(function* () {
        const topic = unlike()
        yield* publishAll(topic, [1, 2, 3])
        const delivered: Array<unknown> = []
        const report = yield* relay(topic, delivered, new Set([2]), { maxAttempts: 1 })
        assert.deepStrictEqual(report, { delivered: 2, delayed: 0, dead: 1 })
        assert.deepStrictEqual(delivered, [1, 3])
        const outbox = yield* Outbox
        const [dead, ...others] = yield* outbox.listDead(topic)
        assert.deepStrictEqual(others, [])
        assert.deepInclude(dead, { topic, payload: 2, attempts: 1 })
        assert.include(dead?.error, "cannot deliver 2")
        assert.isTrue((yield* outbox.listDead()).some(({ id }) => id === dead?.id))
      })
    )

    it.effect("one that was given up can be sent after all, or removed", () =>
      Effect.gen(function* () {
        const topic = unlike()
        yield* publishAll(topic, [1, 2])
        const delivered: Array<unknown> = []
        yield* relay(topic, delivered, new Set([1, 2]), { maxAttempts: 1 })
        const outbox = yield* Outbox
        const [first, second] = yield* outbox.listDead(topic)
        assert.isTrue(yield* outbox.revive(first!.id))
        assert.isFalse(yield* outbox.revive(first!.id))
        assert.isTrue(yield* outbox.discard(second!.id))
        assert.isFalse(yield* outbox.discard(first!.id))
        yield* relay(topic, delivered)
        assert.deepStrictEqual(delivered, [1])
        assert.deepStrictEqual(yield* outbox.listDead(topic), [])
      })
    )

    it.effect("of relays at once one works, and nothing is delivered twice or out of order", () =>
      Effect.gen(function* () {
        const topic = unlike()
        const payloads = Array.from({ length: 40 }, (_, index) => index)
        yield* publishAll(topic, payloads)
        const delivered: Array<unknown> = []
        const outbox = yield* Outbox
        const slowly = (messages: ReadonlyArray<OutboxMessage>) =>
          Effect.gen(function* () {
            for (const { payload } of messages) {
              yield* Effect.sleep(1)
              delivered.push(payload)
            }
          })
        const relays = Array.from({ length: 4 }, () => outbox.relay(topic, slowly, { limit: 7 }))
        const reports = yield* Effect.all(relays, { concurrency: "unbounded" })
        assert.deepStrictEqual(delivered, payloads)
        assert.strictEqual(
          reports.reduce((sum, report) => sum + report.delivered, 0),
          40
        )
      })
    )

    it.effect("a relay that is interrupted leaves its messages and the topic to the next one", () =>
      Effect.gen(function* () {
        const topic = unlike()
        yield* publishAll(topic, [1, 2])
        const outbox = yield* Outbox
        const started = yield* Deferred.make<void>()
        const never = () => Effect.andThen(Deferred.succeed(started, undefined), Effect.never)
        const fiber = yield* Effect.forkChild(outbox.relay(topic, never))
        yield* Deferred.await(started)
        yield* Fiber.interrupt(fiber)
        const delivered: Array<unknown> = []
        yield* relay(topic, delivered)
        assert.deepStrictEqual(delivered, [1, 2])
      })
    )

    it.effect("a delivery that takes too long has failed", () =>
      Effect.gen(function* () {
        const topic = unlike()
        yield* publishAll(topic, [1])
        const outbox = yield* Outbox
        const report = yield* outbox.relay(topic, () => Effect.never, { timeout: "20 millis" })
        assert.deepStrictEqual(report, { delivered: 0, delayed: 1, dead: 0 })
      })
    )
  })
}
