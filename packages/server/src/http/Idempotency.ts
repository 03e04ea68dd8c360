import { Context, type Effect } from "effect"
import type { Problem } from "./Problem.ts"

/** An answer as it is kept for the next request with the same key. */
export interface KeptAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/** Answers a request that is sent again with the same `Idempotency-Key` as the first time. */
export class Idempotency extends Context.Service<
  Idempotency,
  {
    /**
     * The answer of `work`, which runs once for a user and key. Fails with `idempotency_mismatch` when the key came with
     * another request, and with `idempotency_in_progress` while the first is being served.
     */
    readonly answerOnce: <R>(
      request: { readonly userId: string; readonly key: string; readonly fingerprint: string },
      work: Effect.Effect<KeptAnswer, Problem, R>
    ) => Effect.Effect<KeptAnswer, Problem, R>
  }
>()("@timegrid/server/http/Idempotency") {}
