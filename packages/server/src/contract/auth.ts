import { Email, User, UserSettings } from "@timegrid/core"
import * as z from "zod"
import { allPermissions } from "../authorization/permissions.ts"
import { endpoint } from "./endpoint.ts"
import { ById, ListQuery, listOf, Password } from "./shapes.ts"

const tag = "Accounts"
const Name = z.string().trim().min(1).max(100)

/** An API key as its owner sees it; the key itself is shown once, when it is made. */
export const ApiKey = z.object({
  id: z.guid(),
  name: z.string(),
  /** The start of the key, to tell it by. */
  prefix: z.string(),
  scopes: z.array(z.enum(allPermissions)),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime()
})
export type ApiKey = z.output<typeof ApiKey>

/** A device that is signed in. */
const Device = z.object({
  id: z.string(),
  userAgent: z.string().nullable(),
  lastAccess: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  isThisOne: z.boolean()
})

export const auth = {
  register: endpoint({
    method: "post",
    path: "/auth/register",
    tag,
    summary: "Register",
    access: "anonymous",
    rate: "login",
    body: z.strictObject({ email: Email, password: Password, firstName: Name, lastName: Name }),
    answer: { status: 201, body: User }
  }),
  login: endpoint({
    method: "post",
    path: "/auth/login",
    tag,
    summary: "Sign in; the answer sets the session's cookie",
    access: "anonymous",
    rate: "login",
    body: z.strictObject({ email: z.string().max(255), password: z.string().max(200) }),
    answer: { status: 200, body: User }
  }),
  logout: endpoint({
    method: "post",
    path: "/auth/logout",
    tag,
    summary: "Sign out on this device, or on all",
    access: "signedIn",
    query: z.object({ everywhere: z.stringbool().default(false) }),
    answer: { status: 204 }
  }),
  me: endpoint({
    method: "get",
    path: "/auth/me",
    tag,
    summary: "Read one's own account",
    access: "account:read",
    answer: { status: 200, body: User }
  }),
  updateMe: endpoint({
    method: "patch",
    path: "/auth/me",
    tag,
    summary: "Change one's name and settings",
    access: "account:update",
    body: z.strictObject({ firstName: Name, lastName: Name, settings: UserSettings }).partial(),
    answer: { status: 200, body: User }
  }),
  changePassword: endpoint({
    method: "post",
    path: "/auth/password",
    tag,
    summary: "Change one's password, which ends all sessions; the answer begins a new one for this device",
    access: "account:update",
    rate: "login",
    body: z.strictObject({ currentPassword: z.string().max(200), newPassword: Password }),
    answer: { status: 204 }
  }),
  devices: endpoint({
    method: "get",
    path: "/auth/sessions",
    tag,
    summary: "List where one is signed in",
    access: "account:read",
    answer: { status: 200, body: z.object({ items: z.array(Device).readonly() }) }
  }),
  createApiKey: endpoint({
    method: "post",
    path: "/auth/api-keys",
    tag,
    summary: "Make an API key; the answer is the only place that shows it",
    access: "apiKey:create",
    body: z.strictObject({
      name: z.string().trim().min(1).max(100),
      scopes: z.array(z.enum(allPermissions)).min(1),
      expiresAt: z.iso.datetime().nullable().default(null)
    }),
    answer: { status: 201, body: ApiKey.extend({ key: z.string() }) }
  }),
  apiKeys: endpoint({
    method: "get",
    path: "/auth/api-keys",
    tag,
    summary: "List one's API keys",
    access: "apiKey:read",
    query: ListQuery,
    answer: { status: 200, body: listOf(ApiKey) }
  }),
  revokeApiKey: endpoint({
    method: "delete",
    path: "/auth/api-keys/{id}",
    tag,
    summary: "Revoke an API key",
    access: "apiKey:delete",
    params: ById,
    answer: { status: 204 }
  })
} as const
