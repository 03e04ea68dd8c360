/** API keys: what lets a program act for a user, for as much as the user wants. */
import { ApiKeys } from "@timegrid/core/repository"
import { Clock, Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import { hashSecret, makeSecret } from "../authentication/secrets.ts"
import { permits, scopeFor } from "../authorization/Principal.ts"
import { isPermission } from "../authorization/permissions.ts"
import type { ApiKey as ShownApiKey } from "../contract/auth.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"

/** What every key begins with, so that one that leaked is known for what it is. */
const keyPrefix = "tg_"
/** How much of a key its owner is shown to tell it by. */
const shownLength = 11

const shown = <A extends { readonly scopes: ReadonlyArray<string> }>(key: A): A & Pick<ShownApiKey, "scopes"> => ({
  ...key,
  scopes: key.scopes.filter(isPermission)
})

const create = operation(api.auth.createApiKey, ({ body: { expiresAt, name, scopes }, principal }) =>
  Effect.gen(function* () {
    const excess = scopes.filter((scope) => scopeFor(principal, scope) === "none")
    if (excess.length > 0) {
      return yield* new Problem({
        code: "validation_failed",
        errors: [{ pointer: "/scopes", message: `You may not do this yourself: ${excess.join(", ")}` }]
      })
    }
    const key = `${keyPrefix}${makeSecret()}`
    const input = { userId: principal.userId, name, prefix: key.slice(0, shownLength), secretHash: hashSecret(key) }
    const made = yield* audited(
      ({ id }) => ({ action: "api_key.created", resourceType: "api_key", resourceId: id, changes: { scopes } }),
      ApiKeys.use((keys) => keys.insert({ ...input, scopes, expiresAt }))
    )
    return { body: { ...shown(made), key } }
  })
)

const list = operation(api.auth.apiKeys, ({ principal: { userId }, query: { cursor, limit } }) =>
  Effect.map(
    ApiKeys.use((keys) => keys.list({ filter: { userId }, limit, after: cursor })),
    ({ items, nextCursor }) => ({ body: { items: items.map(shown), nextCursor } })
  )
)

const revoke = operation(api.auth.revokeApiKey, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    const keys = yield* ApiKeys
    const key = Option.filter(yield* keys.find(id), (found) => permits(principal, "apiKey:delete", found))
    if (Option.isNone(key)) return yield* new Problem({ code: "not_found" })
    const revokedAt = new Date(yield* Clock.currentTimeMillis).toISOString()
    yield* audited(
      () => ({ action: "api_key.revoked", resourceType: "api_key", resourceId: id }),
      keys.update(id, { revokedAt })
    )
    return { body: undefined }
  })
)

/** Every operation on one's API keys. */
export const apiKeyOperations = [create, list, revoke]
