import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { hashPassword, verifyPassword } from "../src/authentication/passwords.ts"

it.effect("a password is known by its hash, and no other is", () =>
  Effect.gen(function* () {
    const hash = yield* hashPassword("correct horse")
    assert.match(hash, /^scrypt\$32768\$8\$3\$/)
    assert.isTrue(yield* verifyPassword("correct horse", hash))
    assert.isFalse(yield* verifyPassword("correct hors", hash))
    assert.notStrictEqual(yield* hashPassword("correct horse"), hash)
  })
)

it.effect("a letter typed in two ways is one letter", () =>
  Effect.gen(function* () {
    assert.isTrue(yield* verifyPassword("cafe\u0301", yield* hashPassword("caf\u00e9")))
  })
)

it.effect("nobody has no password, and a hash of another kind none either", () =>
  Effect.gen(function* () {
    assert.isFalse(yield* verifyPassword("", null))
    assert.isFalse(yield* verifyPassword("x", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"))
  })
)
