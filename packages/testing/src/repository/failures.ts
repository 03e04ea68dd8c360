import { assert } from "@effect/vitest"
import type { RepositoryError, RepositoryFailure } from "@timegrid/core/repository"
import { Effect } from "effect"

/** The reason for which a call fails; a call that succeeds fails the test. */
export const reasonOf = <A, R>(call: Effect.Effect<A, RepositoryError, R>) =>
  Effect.map(Effect.flip(call), ({ reason }) => reason)

/** Fails the test unless the call is refused by the constraint. */
export const assertRefusedBy = Effect.fnUntraced(function* <A, R>(
  tag: "UniqueViolation" | "ConstraintViolation",
  constraint: string,
  call: Effect.Effect<A, RepositoryError, R>
) {
  const reason = yield* reasonOf(call)
  assert.strictEqual(reason._tag, tag)
  assert.strictEqual("constraint" in reason ? reason.constraint : null, constraint)
})

/** Fails the test unless the call fails for the reason. */
export const assertFailsAs = <A, R>(tag: RepositoryFailure["_tag"], call: Effect.Effect<A, RepositoryError, R>) =>
  Effect.map(reasonOf(call), (reason) => assert.strictEqual(reason._tag, tag))
