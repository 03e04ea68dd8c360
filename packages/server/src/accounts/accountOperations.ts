/** Accounts: registering, signing in and out, and one's own data. */
import type { UserSettings } from "@timegrid/core"
import { AuditLogs } from "@timegrid/core/audit"
import { RepositoryError, Users } from "@timegrid/core/repository"
import { SessionStore } from "@timegrid/core/session"
import { Clock, Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import { hashPassword, verifyPassword } from "../authentication/passwords.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"
import { shownDevice } from "./shownDevice.ts"
import { beginSession, checkPassword, forgottenCookie } from "./signIn.ts"

const register = operation(api.auth.register, ({ body }) =>
  Effect.gen(function* () {
    const { registration } = yield* ServerSettings
    if (registration === "closed") {
      return yield* new Problem({ code: "forbidden", detail: "Accounts are made by an administrator here." })
    }
    const { password, ...person } = body
    const passwordHash = yield* hashPassword(password)
    const user = yield* audited(
      (made) => ({ action: "user.registered", resourceType: "user", resourceId: made.id }),
      Users.use((users) => users.insert({ ...person, passwordHash }))
    )
    return { body: user }
  })
)

const login = operation(api.auth.login, ({ address, body, userAgent }) =>
  Effect.gen(function* () {
    const known = yield* checkPassword({ ...body, address })
    const lastLoginAt = new Date(yield* Clock.currentTimeMillis).toISOString()
    const user = yield* audited(
      () => ({ action: "user.logged_in", resourceType: "user", resourceId: known.id }),
      Users.use((users) =>
        Effect.map(
          users.update(known.id, { lastLoginAt }),
          Option.getOrElse(() => known)
        )
      )
    )
    return { body: user, headers: yield* beginSession(user, userAgent) }
  })
)

const logout = operation(api.auth.logout, ({ principal: { session, userId }, query: { everywhere } }) =>
  Effect.gen(function* () {
    const sessions = yield* SessionStore
    if (everywhere) yield* sessions.removeAll(userId)
    else if (session !== null) yield* sessions.remove(session)
    yield* AuditLogs.use((audit) =>
      audit.append({ action: "user.logged_out", resourceType: "user", resourceId: userId, changes: { everywhere } })
    )
    return { body: undefined, headers: yield* forgottenCookie }
  })
)

const me = operation(api.auth.me, ({ principal }) =>
  Effect.map(
    Users.use((users) => users.get(principal.userId)),
    (body) => ({ body })
  )
)

/** All settings of a user as JSON, in characters: every request reads them. */
const longestSettings = 16_384

const updateMe = operation(api.auth.updateMe, ({ body, principal: { userId } }) =>
  Effect.gen(function* () {
    const users = yield* Users
    const { settings: changedSettings, ...names } = body
    const before = yield* users.get(userId)
    // A choice that is not named stays as it is, also where another device changes it meanwhile.
    const settings = changedSettings && merged(before.settings ?? {}, changedSettings)
    if (JSON.stringify(settings ?? {}).length > longestSettings) {
      const message = `All settings together have at most ${longestSettings} characters`
      return yield* new Problem({ code: "validation_failed", errors: [{ pointer: "/settings", message }] })
    }
    const changed = yield* audited(
      () => ({ action: "user.updated", resourceType: "user", resourceId: userId }),
      settings === undefined
        ? users.update(userId, names)
        : users.update(userId, { ...names, settings }, { ifVersion: before.version })
    )
    return { body: Option.getOrElse(changed, () => before) }
  }).pipe(Effect.retry({ times: 5, while: isStale }))
)

const isStale = (error: unknown) => error instanceof RepositoryError && error.reason._tag === "StaleVersion"

const merged = (before: UserSettings, changes: UserSettings): UserSettings => ({
  ...before,
  ...changes,
  ...(changes.notifications !== undefined && {
    notifications: { ...before.notifications, ...changes.notifications }
  })
})

const changePassword = operation(api.auth.changePassword, ({ body, principal: { session, userId }, userAgent }) =>
  Effect.gen(function* () {
    const users = yield* Users
    const user = yield* users.get(userId)
    const credentials = yield* users.findCredentials(user.email)
    const hash = Option.getOrNull(Option.map(credentials, ({ passwordHash }) => passwordHash))
    if (!(yield* verifyPassword(body.currentPassword, hash))) {
      return yield* new Problem({
        code: "validation_failed",
        errors: [{ pointer: "/currentPassword", message: "This is not your password" }]
      })
    }
    const passwordHash = yield* hashPassword(body.newPassword)
    yield* audited(
      () => ({ action: "user.password_changed", resourceType: "user", resourceId: userId }),
      users.update(userId, { passwordHash })
    )
    yield* SessionStore.use((sessions) => sessions.removeAll(userId))
    // Whoever has just given both passwords need not sign in again: with a new token, which nobody else can have.
    return { body: undefined, headers: session === null ? {} : yield* beginSession(user, userAgent) }
  })
)

const devices = operation(api.auth.devices, ({ principal: { session, userId } }) =>
  Effect.map(
    SessionStore.use((sessions) => sessions.list(userId)),
    (found) => ({
      body: {
        items: found.map((device) => ({
          ...shownDevice(device),
          isThisOne: device.secretHash === session?.secretHash
        }))
      }
    })
  )
)

/** Every operation on one's own account. */
export const accountOperations = [register, login, logout, me, updateMe, changePassword, devices]
