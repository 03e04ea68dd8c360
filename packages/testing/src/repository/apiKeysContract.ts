import { assert, type Vitest } from "@effect/vitest"
import { type ApiKeyInput, ApiKeys, type RepositoryServices } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import { givenUser, unlike } from "./given.ts"

const keyInput = (userId: string, given: Partial<ApiKeyInput> = {}): ApiKeyInput => ({
  userId,
  name: "Printer in the hall",
  prefix: "tg_a1b2",
  secretHash: unlike(),
  scopes: ["timetables:read", "documents:write"],
  ...given
})

const givenKey = Effect.fnUntraced(function* (given: Partial<ApiKeyInput> = {}) {
  const { id } = yield* givenUser()
  return yield* ApiKeys.use((keys) => keys.insert(keyInput(id, given)))
})

/** The promises of `ApiKeys`. */
export const apiKeysContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "api_keys",
    repository: Effect.gen(function* () {
      return yield* ApiKeys
    }),
    scope: Effect.map(givenUser(), ({ id }) => ({
      filter: { userId: id },
      input: Effect.sync(() => keyInput(id, { expiresAt: "2999-02-03T04:05:06.789Z" }))
    })),
    noMatch: { userId: unlike() },
    changes: { name: "Printer upstairs", scopes: [], revokedAt: "2031-02-03T04:05:06.789Z" },
    changed: { name: "Printer upstairs", scopes: [], revokedAt: "2031-02-03T04:05:06.789Z" },
    invalid: {
      "a name that is too long": { name: "n".repeat(101) },
      "scopes that are no list": { scopes: "all" },
      "text that Postgres refuses": { scopes: ["a\0b"] }
    }
  })

  it.effect("a key is used by its hash, which is never shown, and each use is noted, once a minute", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      const secretHash = unlike()
      const key = yield* givenKey({ secretHash })
      assert.notProperty(key, "secretHash")
      assert.isNull(key.lastUsedAt)
      const used = Option.getOrThrow(yield* keys.use(secretHash))
      assert.deepStrictEqual({ ...used, lastUsedAt: null, version: 1 }, key)
      assert.isNotNull(used.lastUsedAt)
      assert.deepStrictEqual(yield* keys.use(secretHash), Option.some(used))
    })
  )

  it.effect("a key that is unknown, revoked or expired is of no use", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      const [revoked, expired, lasting] = [unlike(), unlike(), unlike()]
      yield* givenKey({ secretHash: revoked, revokedAt: "2031-02-03T04:05:06.789Z" })
      yield* givenKey({ secretHash: expired, expiresAt: "2001-02-03T04:05:06.789Z" })
      yield* givenKey({ secretHash: lasting, expiresAt: "2999-02-03T04:05:06.789Z" })
      for (const hash of [unlike(), revoked, expired, "a\0b", ""])
        assert.deepStrictEqual(yield* keys.use(hash), Option.none())
      assert.isTrue(Option.isSome(yield* keys.use(lasting)))
    })
  )

  it.effect("two keys have not the same hash, and each belongs to somebody", () =>
    Effect.gen(function* () {
      const keys = yield* ApiKeys
      const secretHash = unlike()
      const { userId } = yield* givenKey({ secretHash })
      const twice = keys.insert(keyInput(userId, { secretHash }))
      yield* assertRefusedBy("UniqueViolation", "api_keys_secret_hash_key", twice)
      yield* assertRefusedBy("ConstraintViolation", "api_keys_user_id_fkey", keys.insert(keyInput(unlike())))
    })
  )
}
