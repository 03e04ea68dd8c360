import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import { SubscriptionStore } from "@timegrid/core/realtime"
import { Effect, type Layer } from "effect"

const subscribe = (userId: string, jobId: string) => SubscriptionStore.use((store) => store.subscribe(userId, jobId))
const unsubscribe = (userId: string, jobId: string) =>
  SubscriptionStore.use((store) => store.unsubscribe(userId, jobId))
const list = (userId: string) =>
  Effect.map(
    SubscriptionStore.use((store) => store.list(userId)),
    (jobIds) => jobIds.toSorted()
  )

/**
 * The promises that every store of subscriptions keeps within a process. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * subscriptionStoreContract("memory", MemorySubscriptionStore.layer)
 */
export const subscriptionStoreContract = <E>(name: string, store: Layer.Layer<SubscriptionStore, E>): void => {
  layer(store, { excludeTestServices: true })(`SubscriptionStore contract: ${name}`, (it) => {
    it.effect("the jobs that a user follows are listed, and nobody else's", () =>
      Effect.gen(function* () {
        const [one, other] = [randomUUID(), randomUUID()]
        const jobIds = [randomUUID(), randomUUID()].toSorted()
        yield* Effect.forEach(jobIds, (jobId) => subscribe(one, jobId))
        yield* subscribe(other, randomUUID())
        assert.deepStrictEqual(yield* list(one), jobIds)
        assert.deepStrictEqual(yield* list(randomUUID()), [])
      })
    )

    it.effect("a job that is followed from two windows is followed until both are closed", () =>
      Effect.gen(function* () {
        const [userId, jobId] = [randomUUID(), randomUUID()]
        yield* subscribe(userId, jobId)
        yield* subscribe(userId, jobId)
        yield* unsubscribe(userId, jobId)
        assert.deepStrictEqual(yield* list(userId), [jobId])
        yield* unsubscribe(userId, jobId)
        assert.deepStrictEqual(yield* list(userId), [])
      })
    )

    it.effect("leaving what was not followed succeeds", () =>
      Effect.gen(function* () {
        const [userId, jobId] = [randomUUID(), randomUUID()]
        yield* unsubscribe(userId, jobId)
        yield* subscribe(userId, jobId)
        yield* unsubscribe(userId, randomUUID())
        assert.deepStrictEqual(yield* list(userId), [jobId])
      })
    )

    it.effect("whoever comes and goes at once leaves nothing behind", () =>
      Effect.gen(function* () {
        const userId = randomUUID()
        const jobIds = Array.from({ length: 20 }, () => randomUUID())
        yield* Effect.forEach(jobIds, (jobId) => Effect.andThen(subscribe(userId, jobId), unsubscribe(userId, jobId)), {
          concurrency: "unbounded"
        })
        assert.deepStrictEqual(yield* list(userId), [])
      })
    )

    it.effect("sweeping takes nothing from the living", () =>
      Effect.gen(function* () {
        const [userId, jobId] = [randomUUID(), randomUUID()]
        yield* subscribe(userId, jobId)
        yield* SubscriptionStore.use((service) => service.sweep)
        assert.deepStrictEqual(yield* list(userId), [jobId])
      })
    )
  })
}
