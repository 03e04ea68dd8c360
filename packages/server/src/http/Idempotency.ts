import { IdempotencyKeys, type KeptAnswer } from "@timegrid/core/repository"
import { Context, Effect, Layer } from "effect"
import { problemOf } from "./failures.ts"
import { Problem } from "./Problem.ts"

/** A key is remembered for so long. */
const lifetime = "24 hours"

/** Answers a request that is sent again with the same `Idempotency-Key` as the first time. */
export class Idempotency extends Context.Service<
  Idempotency,
  {
    /**
     * The answer of `work`, which succeeds at most once for a user and key. Fails with `idempotency_mismatch` when the key
     * came with another request, and with `idempotency_in_progress` while the first is being served.
     */
    readonly answerOnce: <R>(
      request: { readonly userId: string; readonly key: string; readonly fingerprint: string },
      work: Effect.Effect<KeptAnswer, Problem, R>
    ) => Effect.Effect<KeptAnswer, Problem, R>
  }
>()("@timegrid/server/http/Idempotency") {
  static readonly layer: Layer.Layer<Idempotency, never, IdempotencyKeys> = Layer.effect(
    Idempotency,
    Effect.map(IdempotencyKeys, (keys) => ({
      answerOnce: Effect.fnUntraced(function* ({ fingerprint, key, userId }, work) {
        const name = { userId, key }
        const claim = yield* Effect.mapError(keys.claim(name, { requestHash: fingerprint, lifetime }), problemOf)
        switch (claim._tag) {
          case "Answered":
            return claim.answer
          case "Mismatched":
            return yield* new Problem({ code: "idempotency_mismatch" })
          case "InProgress":
            return yield* new Problem({ code: "idempotency_in_progress", retryAfterSeconds: 1 })
        }
        // A request that was not served may be sent again with its key.
        const answer = yield* Effect.onError(work, () => Effect.ignore(keys.release(name)))
        yield* Effect.mapError(keys.answer(name, answer), problemOf)
        return answer
      })
    }))
  )
}
