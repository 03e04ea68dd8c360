import { Context, type Duration, type Effect } from "effect"
import * as z from "zod"
import { json } from "../domain/json.ts"
import { text } from "../domain/text.ts"
import { Uuid } from "../domain/values.ts"
import type { RepositoryError } from "./RepositoryError.ts"

/** Whose key it is; two users may choose the same. */
export const IdempotencyKey = z.strictObject({ userId: Uuid, key: text(255).min(1) })
export type IdempotencyKey = z.output<typeof IdempotencyKey>

/** What a request was answered with. */
export const KeptAnswer = z.strictObject({
  status: z.int().min(100).max(599),
  headers: json(z.record(z.string(), z.string())),
  body: json(z.json())
})
export type KeptAnswer = z.output<typeof KeptAnswer>

/** What is known of a key to whoever comes with it. */
export type IdempotencyClaim =
  /** It is new, or has expired: the caller does the work and calls `answer` or `release`. */
  | { readonly _tag: "Claimed" }
  /** Someone is at work on the same request. */
  | { readonly _tag: "InProgress" }
  /** The same request was answered already. */
  | { readonly _tag: "Answered"; readonly answer: KeptAnswer }
  /** The key was used for another request. */
  | { readonly _tag: "Mismatched" }

/**
 * Remembers requests that came with a key of their own, so that whoever repeats one gets the same answer and nothing is
 * done twice. Claim, work and answer in one transaction leave nothing unknown when a server dies. Adapters are checked by
 * `idempotencyKeysContract`.
 */
export class IdempotencyKeys extends Context.Service<
  IdempotencyKeys,
  {
    /** Of several at once one claims; the key is forgotten after `lifetime` by the store's clock. */
    readonly claim: (
      key: IdempotencyKey,
      request: { readonly requestHash: string; readonly lifetime: Duration.Input }
    ) => Effect.Effect<IdempotencyClaim, RepositoryError>
    /** Keeps the answer of a key that was claimed; fails with `RowMissing` for any other. */
    readonly answer: (key: IdempotencyKey, answer: KeptAnswer) => Effect.Effect<void, RepositoryError>
    /** Gives a claim back without an answer, so that the request may be tried again; an answer stays. */
    readonly release: (key: IdempotencyKey) => Effect.Effect<void, RepositoryError>
    /** Forgets the keys that have expired; the result is how many. */
    readonly removeExpired: Effect.Effect<number, RepositoryError>
  }
>()("@timegrid/core/repository/IdempotencyKeys") {}
