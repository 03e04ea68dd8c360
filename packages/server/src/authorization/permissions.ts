/** The one table that says which role may do what to which resource. */
import type { UserRole } from "@timegrid/core"

/** Whose objects a role may touch: nobody's, its own, those of the review tasks that it holds besides, everyone's. */
export type Scope = "none" | "own" | "assigned" | "any"

type Row = Readonly<Record<UserRole, Scope>>

const everyone = (scope: Scope): Row => ({ teacher: scope, reviewer: scope, admin: scope })
const ownOrAny: Row = { teacher: "own", reviewer: "own", admin: "any" }
const adminOnly: Row = { teacher: "none", reviewer: "none", admin: "any" }

export const permissions = {
  account: { read: everyone("own"), update: everyone("own") },
  apiKey: { read: everyone("own"), create: everyone("own"), delete: everyone("own") },
  document: {
    create: everyone("own"),
    read: { teacher: "own", reviewer: "assigned", admin: "any" },
    delete: ownOrAny
  },
  job: {
    read: { teacher: "own", reviewer: "assigned", admin: "any" },
    cancel: ownOrAny,
    retry: ownOrAny
  },
  timetable: {
    create: everyone("own"),
    read: { teacher: "own", reviewer: "assigned", admin: "any" },
    update: ownOrAny,
    delete: ownOrAny
  },
  reviewTask: {
    // A task says nothing of its document but its job; the document itself opens to whoever holds the task.
    read: { teacher: "none", reviewer: "any", admin: "any" },
    claim: { teacher: "none", reviewer: "any", admin: "any" },
    work: { teacher: "none", reviewer: "assigned", admin: "assigned" },
    assign: adminOnly,
    prioritize: adminOnly,
    cancel: adminOnly
  },
  webhook: { read: everyone("own"), create: everyone("own"), update: everyone("own"), delete: everyone("own") },
  user: { read: adminOnly, update: adminOnly, delete: adminOnly },
  auditLog: { read: adminOnly },
  metrics: { read: adminOnly },
  personalData: { export: ownOrAny, erase: ownOrAny }
} as const satisfies Readonly<Record<string, Readonly<Record<string, Row>>>>

export type Resource = keyof typeof permissions

/** `resource:action`, which is also the scope of an API key. */
export type Permission = { [R in Resource]: `${R}:${keyof (typeof permissions)[R] & string}` }[Resource]

/** Who may call an operation: everybody, everybody who is signed in, or whoever has the permission. */
export type Access = "anonymous" | "signedIn" | Permission

/** All permissions, in the order of the table. */
export const allPermissions: ReadonlyArray<Permission> = Object.entries(permissions).flatMap(([resource, actions]) =>
  // Object.keys has forgotten the names that the table is typed by.
  Object.keys(actions).map((action) => `${resource}:${action}` as Permission)
)

/** Whose objects somebody of this role may do that to. */
export const scopeOf = (role: UserRole, permission: Permission): Scope => {
  const [resource, action] = permission.split(":") as [Resource, string]
  const actions: Readonly<Record<string, Row>> = permissions[resource]
  return actions[action]?.[role] ?? "none"
}

/** Whether the text is one of {@link allPermissions}. */
export const isPermission = (text: string): text is Permission => known.has(text)

const known: ReadonlySet<string> = new Set(allPermissions)
