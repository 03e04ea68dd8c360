import { assert, type Vitest } from "@effect/vitest"
import { type IdempotencyKey, IdempotencyKeys, type RepositoryServices, UnitOfWork } from "@timegrid/core/repository"
import { Effect } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { givenUser, unlike } from "./given.ts"

const givenKey = Effect.map(givenUser(), ({ id }): IdempotencyKey => ({ userId: id, key: unlike() }))

const request = { requestHash: "sha256:1", lifetime: "1 day" } as const
const answer = { status: 202, headers: { location: "/jobs/1" }, body: { jobId: "1", list: [1, null, "😀"] } }

const claim = (key: IdempotencyKey, given: object = {}) =>
  IdempotencyKeys.use((keys) => keys.claim(key, { ...request, ...given }))

const assertClaim = Effect.fnUntraced(function* (tag: string, key: IdempotencyKey, given?: object) {
  assert.strictEqual((yield* claim(key, given))._tag, tag)
})

/** The promises of `IdempotencyKeys`. */
export const idempotencyKeysContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  it.effect("the first to come with a key claims it, and who repeats the request gets the first one's answer", () =>
    Effect.gen(function* () {
      const keys = yield* IdempotencyKeys
      const key = yield* givenKey
      yield* assertClaim("Claimed", key)
      yield* assertClaim("InProgress", key)
      yield* keys.answer(key, answer)
      assert.deepStrictEqual(yield* claim(key), { _tag: "Answered", answer })
    })
  )

  it.effect("another request under the same key is told so, before and after the answer", () =>
    Effect.gen(function* () {
      const key = yield* givenKey
      yield* assertClaim("Claimed", key)
      yield* assertClaim("Mismatched", key, { requestHash: "sha256:2" })
      yield* IdempotencyKeys.use((keys) => keys.answer(key, answer))
      yield* assertClaim("Mismatched", key, { requestHash: "sha256:2" })
    })
  )

  it.effect("two users may choose the same key", () =>
    Effect.gen(function* () {
      const [one, other] = [yield* givenKey, yield* givenKey]
      yield* assertClaim("Claimed", one)
      yield* assertClaim("Claimed", { ...other, key: one.key })
    })
  )

  it.effect("of several at once one claims", () =>
    Effect.gen(function* () {
      const key = yield* givenKey
      const claims = yield* Effect.replicateEffect(claim(key), 20, { concurrency: "unbounded" })
      const tags = claims.map(({ _tag }) => _tag).toSorted()
      assert.deepStrictEqual(tags, ["Claimed", ...Array<string>(19).fill("InProgress")])
    })
  )

  it.effect("a claim that was given back is free again, and an answer is not given back", () =>
    Effect.gen(function* () {
      const keys = yield* IdempotencyKeys
      const key = yield* givenKey
      yield* keys.release(key)
      yield* assertClaim("Claimed", key)
      yield* keys.release(key)
      yield* assertClaim("Claimed", key, { requestHash: "sha256:2" })
      yield* keys.answer(key, answer)
      yield* keys.release(key)
      yield* assertClaim("Answered", key, { requestHash: "sha256:2" })
    })
  )

  it.effect("a claim whose transaction failed is free again", () =>
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const key = yield* givenKey
      const work = Effect.andThen(claim(key), Effect.fail("no space"))
      assert.strictEqual(yield* Effect.flip(transaction(work)), "no space")
      yield* assertClaim("Claimed", key)
    })
  )

  it.effect("who comes while the first one's transaction is under way gets its answer or the claim, never both", () =>
    Effect.gen(function* () {
      const keys = yield* IdempotencyKeys
      const { transaction } = yield* UnitOfWork
      const key = yield* givenKey
      const work = transaction(
        Effect.gen(function* () {
          const { _tag } = yield* claim(key)
          yield* Effect.sleep("2 millis")
          if (_tag === "Claimed") yield* keys.answer(key, answer)
          return _tag
        })
      )
      const tags = yield* Effect.replicateEffect(work, 5, { concurrency: "unbounded" })
      assert.deepStrictEqual(tags.toSorted(), ["Answered", "Answered", "Answered", "Answered", "Claimed"])
    })
  )

  it.effect("a key is forgotten after its lifetime", () =>
    Effect.gen(function* () {
      const keys = yield* IdempotencyKeys
      const [key, lasting] = [yield* givenKey, yield* givenKey]
      yield* assertClaim("Claimed", key, { lifetime: "1 millis" })
      yield* assertClaim("Claimed", lasting)
      yield* keys.answer(key, answer)
      yield* Effect.sleep("5 millis")
      yield* assertClaim("Claimed", key, { requestHash: "sha256:2", lifetime: "1 millis" })
      yield* Effect.sleep("5 millis")
      assert.isAtLeast(yield* keys.removeExpired, 1)
      assert.strictEqual(yield* keys.removeExpired, 0)
      yield* assertClaim("InProgress", lasting)
      yield* assertFailsAs("RowMissing", keys.answer(key, answer))
    })
  )

  it.effect("an answer without a claim, a stranger's key and text that Postgres refuses are refused", () =>
    Effect.gen(function* () {
      const keys = yield* IdempotencyKeys
      const key = yield* givenKey
      yield* assertFailsAs("RowMissing", keys.answer(key, answer))
      const stranger = claim({ ...key, userId: unlike() })
      yield* assertRefusedBy("ConstraintViolation", "idempotency_keys_user_id_fkey", stranger)
      for (const wrong of ["", "k".repeat(256), "a\0b", "\ud800"])
        yield* assertFailsAs("RowInvalid", claim({ ...key, key: wrong }))
      yield* assertClaim("Claimed", key)
      yield* assertFailsAs("RowInvalid", keys.answer(key, { ...answer, body: "a\0b" }))
      yield* assertClaim("InProgress", key)
    })
  )
}
