import { randomBytes } from "node:crypto"
import { Users } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import { hashPassword } from "../authentication/passwords.ts"

/** An account whose password nobody knows but whoever reads this. */
export interface FirstAdministrator {
  readonly email: string
  readonly password: string
}

const email = "admin@timegrid.local"
/** 96 bits. */
const passwordBytes = 12

/** Makes an administrator where there is no user at all; none otherwise, or where another process was first. */
export const firstAdministrator = Effect.gen(function* () {
  const users = yield* Users
  const { items } = yield* users.list({ limit: 1 })
  if (items.length > 0) return Option.none<FirstAdministrator>()
  const password = randomBytes(passwordBytes).toString("base64url")
  const passwordHash = yield* hashPassword(password)
  const made = audited(
    ({ id }) => ({ action: "user.registered", resourceType: "user", resourceId: id, changes: { role: "admin" } }),
    users.insert({ email, passwordHash, firstName: "Timegrid", lastName: "Administrator", role: "admin" })
  )
  return yield* Effect.catch(Effect.as(made, Option.some({ email, password })), (error) =>
    error.reason._tag === "UniqueViolation" ? Effect.succeed(Option.none()) : Effect.fail(error)
  )
})
