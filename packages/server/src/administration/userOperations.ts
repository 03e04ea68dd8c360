/** Users, as administrators see them. */

import { Users } from "@timegrid/core/repository"
import { SessionStore } from "@timegrid/core/session"
import { Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import { hashPassword } from "../authentication/passwords.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"

const notFound = () => Effect.fail(new Problem({ code: "not_found" }))

const list = operation(api.users.list, ({ query: { cursor, limit, ...filter } }) =>
  Effect.map(
    Users.use((users) => users.list({ filter, limit, after: cursor })),
    (body) => ({ body })
  )
)

const get = operation(api.users.get, ({ params: { id } }) =>
  Effect.flatMap(
    Users.use((users) => users.find(id)),
    Option.match({ onNone: notFound, onSome: (body) => Effect.succeed({ body }) })
  )
)

const update = operation(api.users.update, ({ body, params: { id }, principal }) =>
  Effect.gen(function* () {
    if (body.role !== undefined && id === principal.userId) {
      return yield* new Problem({ code: "conflict", detail: "Nobody changes their own role." })
    }
    const changed = yield* audited(
      () => ({ action: "user.updated", resourceType: "user", resourceId: id, changes: { role: body.role ?? null } }),
      Users.use((users) => users.update(id, body))
    )
    if (Option.isNone(changed)) return yield* notFound()
    if (body.role !== undefined) yield* SessionStore.use((sessions) => sessions.removeAll(id))
    return { body: changed.value }
  })
)

const resetPassword = operation(api.users.resetPassword, ({ body: { password }, params: { id } }) =>
  Effect.gen(function* () {
    const passwordHash = yield* hashPassword(password)
    const changed = yield* audited(
      () => ({ action: "user.password_reset", resourceType: "user", resourceId: id }),
      Users.use((users) => users.update(id, { passwordHash }))
    )
    if (Option.isNone(changed)) return yield* notFound()
    yield* SessionStore.use((sessions) => sessions.removeAll(id))
    return { body: undefined }
  })
)

/** Every operation on users that only administrators may do. */
export const userOperations = [list, get, update, resetPassword]
