import type { UserRole } from "@timegrid/core"
import type { SessionKey } from "@timegrid/core/session"
import { type Permission, type Scope, scopeOf } from "./permissions.ts"

/** Who a request comes from. */
export interface Principal {
  readonly userId: string
  /** As it is in `users` now; never that of a session. */
  readonly role: UserRole
  /** What the API key is for; null for a session, which is for everything that the role may do. */
  readonly scopes: ReadonlyArray<Permission> | null
  /** The session that they are signed in by; null for an API key. */
  readonly session: SessionKey | null
}

/** Whose objects they may do that to. */
export const scopeFor = (principal: Principal, permission: Permission): Scope =>
  principal.scopes === null || principal.scopes.includes(permission) ? scopeOf(principal.role, permission) : "none"

/** An object as far as permissions are concerned. */
export interface Owned {
  readonly userId: string
  /** Whether the principal holds the open review task that the object belongs to. */
  readonly isAssigned?: boolean
}

/** Whether they may do that to the object. One that they may not even read answers like one that is missing. */
export const permits = (principal: Principal, permission: Permission, object: Owned): boolean => {
  const scope = scopeFor(principal, permission)
  if (scope === "any") return true
  if (scope === "none") return false
  return object.userId === principal.userId || (scope === "assigned" && object.isAssigned === true)
}
