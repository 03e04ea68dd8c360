/** Subscriptions in memory. Used as a namespace: `MemorySubscriptionStore.layer`. */
import { Effect, Layer } from "effect"
import { makeHeldSubscriptions } from "./heldSubscriptions.ts"
import { SubscriptionStore } from "./SubscriptionStore.ts"

/** Subscriptions of its own that live as long as it is referred to. */
export const make = (): SubscriptionStore["Service"] => {
  const held = makeHeldSubscriptions()
  return {
    subscribe: (userId, jobId) => Effect.sync(() => void held.add(userId, jobId)),
    unsubscribe: (userId, jobId) => Effect.sync(() => void held.remove(userId, jobId)),
    list: (userId) => Effect.sync(() => held.jobsOf(userId)),
    sweep: Effect.succeed(0)
  }
}

/** Provides `SubscriptionStore` for one process. */
export const layer: Layer.Layer<SubscriptionStore> = Layer.sync(SubscriptionStore, make)
