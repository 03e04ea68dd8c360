import { AuditLog, User, UserRole } from "@timegrid/core"
import { HourlyFigures } from "@timegrid/core/metrics"
import { QueueStatistics } from "@timegrid/core/repository"
import * as z from "zod"
import { endpoint } from "./endpoint.ts"
import { ById, ListQuery, listOf, Password } from "./shapes.ts"

const tag = "Administration"

export const users = {
  list: endpoint({
    method: "get",
    path: "/users",
    tag,
    summary: "List users, newest first",
    access: "user:read",
    query: ListQuery.extend({ role: UserRole.optional() }),
    answer: { status: 200, body: listOf(User) }
  }),
  get: endpoint({
    method: "get",
    path: "/users/{id}",
    tag,
    summary: "Read a user",
    access: "user:read",
    params: ById,
    answer: { status: 200, body: User }
  }),
  update: endpoint({
    method: "patch",
    path: "/users/{id}",
    tag,
    summary: "Change a user's role; a new role ends all their sessions",
    access: "user:update",
    params: ById,
    body: z.strictObject({ role: UserRole, emailVerified: z.boolean() }).partial(),
    answer: { status: 200, body: User }
  }),
  resetPassword: endpoint({
    method: "post",
    path: "/users/{id}/password",
    tag,
    summary: "Set a user's password, which ends all their sessions",
    access: "user:update",
    params: ById,
    body: z.strictObject({ password: Password }),
    answer: { status: 204 }
  }),
  export: endpoint({
    method: "get",
    path: "/users/{id}/export",
    tag,
    summary: "Read everything that is kept of a user, as one JSON file",
    access: "personalData:export",
    params: ById,
    answer: { status: 200, mediaType: "application/json" }
  }),
  erase: endpoint({
    method: "delete",
    path: "/users/{id}",
    tag,
    summary: "Erase a user: rows, bytes, caches, and the person in the audit log",
    access: "personalData:erase",
    params: ById,
    answer: { status: 204 }
  })
} as const

export const auditLogs = {
  list: endpoint({
    method: "get",
    path: "/audit-logs",
    tag,
    summary: "List what was done, newest first",
    access: "auditLog:read",
    query: ListQuery.extend({
      userId: z.guid().optional(),
      action: z.string().max(100).optional(),
      resourceType: z.string().max(50).optional(),
      resourceId: z.guid().optional()
    }),
    answer: { status: 200, body: listOf(AuditLog) }
  })
} as const

export const metrics = {
  hourly: endpoint({
    method: "get",
    path: "/metrics/hourly",
    tag,
    summary: "Read the figures of each hour and tier",
    access: "metrics:read",
    query: z.object({ from: z.iso.datetime().optional(), to: z.iso.datetime().optional() }),
    answer: { status: 200, body: z.object({ items: z.array(HourlyFigures).readonly() }) }
  }),
  queue: endpoint({
    method: "get",
    path: "/metrics/queue",
    tag,
    summary: "Read how many jobs are under way, and for how long",
    access: "metrics:read",
    answer: { status: 200, body: z.object({ items: z.array(QueueStatistics).readonly() }) }
  })
} as const
