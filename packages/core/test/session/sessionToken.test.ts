import { assert, describe, it } from "@effect/vitest"
import { makeSessionToken, readSessionToken } from "@timegrid/core/session"
import { Effect, Option } from "effect"
import * as fc from "fast-check"

const userId = "550e8400-e29b-41d4-a716-446655440000"

describe("a session's token", () => {
  it.effect("says whose session it is, and which", () =>
    Effect.gen(function* () {
      const { secretHash, token } = yield* makeSessionToken(userId)
      assert.deepStrictEqual(Option.getOrNull(readSessionToken(token)), { userId, secretHash })
    })
  )

  it.effect("is another each time, and not to be had from what is kept of it", () =>
    Effect.gen(function* () {
      const [one, other] = [yield* makeSessionToken(userId), yield* makeSessionToken(userId)]
      assert.notStrictEqual(one.token, other.token)
      assert.match(one.secretHash, /^sha256:[0-9a-f]{64}$/)
      assert.isFalse(one.token.includes(one.secretHash.slice("sha256:".length)))
    })
  )

  it.effect("with one character changed is another's, or none", () =>
    Effect.gen(function* () {
      const { secretHash, token } = yield* makeSessionToken(userId)
      const change = fc.tuple(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
      fc.assert(
        fc.property(change, ([at, character]) => {
          fc.pre(token[at] !== character)
          const changed = readSessionToken(token.slice(0, at) + character + token.slice(at + 1))
          const key = Option.getOrNull(changed)
          assert.isTrue(key === null || key.userId !== userId || key.secretHash !== secretHash)
        })
      )
    })
  )

  it("is no other text", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.isTrue(Option.isNone(readSessionToken(text)))))
    for (const text of ["", ".", `${userId}.`, `${userId}.${"0".repeat(63)}`, `${"-".repeat(36)}.${"0".repeat(64)}`]) {
      assert.isTrue(Option.isNone(readSessionToken(text)))
    }
  })
})
