/**
 * Every operation, asked for by everybody, with a session and with API keys of every kind, on objects of their own and of
 * others. What is expected is written down here once more, in words of its own.
 */
import { randomUUID } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import { BlobStore, type UserRole } from "@timegrid/core"
import {
  ApiKeys,
  ProcessingJobs,
  ReviewTasks,
  Timeblocks,
  Timetables,
  UploadedDocuments,
  Users,
  WebhookDeliveries,
  Webhooks
} from "@timegrid/core/repository"
import { Effect } from "effect"
import type { Principal } from "../src/authorization/Principal.ts"
import { allPermissions, type Permission } from "../src/authorization/permissions.ts"
import type { Endpoint } from "../src/contract/endpoint.ts"
import { api } from "../src/contract/index.ts"
import { startMemoryApp } from "./memoryServer.ts"

type Person = "nobody" | "owner" | "colleague" | "reviewer" | "holder" | "admin"

const roles: Readonly<Record<Exclude<Person, "nobody">, UserRole>> = {
  owner: "teacher",
  colleague: "teacher",
  /** Holds no task. */
  reviewer: "reviewer",
  /** Holds the review task of the document. */
  holder: "reviewer",
  admin: "admin"
}

const ownAndAdmin: ReadonlyArray<Person> = ["owner", "admin"]
const ownHolderAndAdmin: ReadonlyArray<Person> = ["owner", "holder", "admin"]
const ownOnly: ReadonlyArray<Person> = ["owner"]

/** Who may reach an object of the owner's by each operation that names one; everybody else is told that there is none. */
const reach: Readonly<Record<string, ReadonlyArray<Person>>> = {
  "documents.complete": ownOnly,
  "documents.get": ownHolderAndAdmin,
  "documents.delete": ownAndAdmin,
  "documents.content": ownHolderAndAdmin,
  "documents.status": ownHolderAndAdmin,
  "jobs.get": ownHolderAndAdmin,
  "jobs.events": ownHolderAndAdmin,
  "jobs.cancel": ownAndAdmin,
  "jobs.retry": ownAndAdmin,
  "timetables.ics": ownHolderAndAdmin,
  "timetables.csv": ownHolderAndAdmin,
  "timetables.json": ownHolderAndAdmin,
  "timetables.get": ownHolderAndAdmin,
  "timetables.update": ownAndAdmin,
  "timetables.delete": ownAndAdmin,
  "timetables.timeblocks": ownHolderAndAdmin,
  "timetables.createTimeblock": ownAndAdmin,
  "timetables.reorder": ownAndAdmin,
  "timetables.timeblock": ownHolderAndAdmin,
  "timetables.updateTimeblock": ownAndAdmin,
  "timetables.deleteTimeblock": ownAndAdmin,
  "webhooks.update": ownOnly,
  "webhooks.delete": ownOnly,
  "webhooks.deliveries": ownOnly,
  "webhooks.redeliver": ownOnly,
  "auth.revokeApiKey": ownOnly,
  "users.export": ownAndAdmin,
  "users.erase": ownAndAdmin
}

/** What only some roles may do at all; everybody else is told that it is not for them. */
const forRoles: Readonly<Record<string, ReadonlyArray<UserRole>>> = {
  "reviewTasks.list": ["reviewer", "admin"],
  "reviewTasks.get": ["reviewer", "admin"],
  "reviewTasks.claim": ["reviewer", "admin"],
  "reviewTasks.release": ["reviewer", "admin"],
  "reviewTasks.save": ["reviewer", "admin"],
  "reviewTasks.complete": ["reviewer", "admin"],
  "reviewTasks.cancel": ["admin"],
  "reviewTasks.assign": ["admin"],
  "reviewTasks.prioritize": ["admin"],
  "reviewTasks.accuracy": ["admin"],
  "users.list": ["admin"],
  "users.get": ["admin"],
  "users.update": ["admin"],
  "users.resetPassword": ["admin"],
  "auditLogs.list": ["admin"],
  "metrics.hourly": ["admin"],
  "metrics.queue": ["admin"]
}

const bodies: Readonly<Record<string, unknown>> = {
  "jobs.retry": {},
  "timetables.create": { name: "Week", year: 2026 },
  "timetables.update": { name: "Other" },
  "timetables.createTimeblock": { name: "Maths", dayOfWeek: "Monday", startTime: "09:00", endTime: "10:00" },
  "timetables.updateTimeblock": { name: "Music" },
  "timetables.reorder": { timeblockIds: [] },
  "webhooks.update": { enabled: false },
  "webhooks.create": { url: "http://127.0.0.1/hook", events: ["job:completed"] },
  "users.update": { emailVerified: true },
  "users.resetPassword": { password: "correct horse" },
  "auth.updateMe": { firstName: "Ada" },
  "auth.changePassword": { currentPassword: "wrong", newPassword: "correct horse" },
  "auth.createApiKey": { name: "key", scopes: ["job:read"] },
  "reviewTasks.assign": { userId: randomUUID() },
  "reviewTasks.prioritize": { priority: "urgent" },
  "reviewTasks.save": { timeblocks: [] },
  "reviewTasks.complete": { draft: { timeblocks: [] } },
  "documents.presign": { fileName: "week.pdf", fileType: "application/pdf", fileSize: 10 }
}

const operations = Object.entries(api).flatMap(([chapter, endpoints]) =>
  Object.entries<Endpoint>(endpoints).map(([name, endpoint]) => ({ name: `${chapter}.${name}`, endpoint }))
)

/** One user of each kind, and everything that the owner can have. */
const makeWorld = Effect.gen(function* () {
  const users = yield* Users
  const ids: Record<string, string> = {}
  for (const [person, role] of Object.entries(roles)) {
    const names = { firstName: person, lastName: "Test" }
    const input = { email: `${person}-${randomUUID()}@example.org`, passwordHash: "none", role, ...names }
    ids[person] = (yield* users.insert(input)).id
  }
  const userId = String(ids.owner)
  const id = randomUUID()
  const key = `uploads/2026/01/01/${id}.pdf`
  yield* (yield* BlobStore).put(key, new Uint8Array([1, 2, 3]))
  const document = yield* (yield* UploadedDocuments).insert({
    id,
    userId,
    fileName: "week.pdf",
    fileType: "application/pdf",
    fileSize: 3,
    s3Bucket: "memory",
    s3Key: key,
    uploadStatus: "completed"
  })
  const jobs = yield* ProcessingJobs
  const job = yield* jobs.insert({ documentId: document.id, userId })
  for (const status of ["validating", "hitl_pending", "hitl_in_progress"] as const)
    yield* jobs.update(job.id, { status })
  const timetable = yield* (yield* Timetables).insert({
    userId,
    name: "Week",
    year: 2026,
    metadata: { documentId: document.id }
  })
  const timeblock = yield* (yield* Timeblocks).insert({
    timetableId: timetable.id,
    name: "Maths",
    dayOfWeek: "Monday",
    startTime: "09:00",
    endTime: "10:00"
  })
  const tasks = yield* ReviewTasks
  const task = yield* tasks.insert({ jobId: job.id, assignedTo: String(ids.holder), status: "in_progress" })
  const webhook = yield* (yield* Webhooks).insert({
    userId,
    url: "http://127.0.0.1/",
    secret: "whsec_AAAA",
    events: ["job:completed"]
  })
  const delivery = yield* (yield* WebhookDeliveries).insert({
    webhookId: webhook.id,
    event: "job:completed",
    payload: {}
  })
  const apiKey = yield* (yield* ApiKeys).insert({ userId, name: "key", prefix: "tg_", secretHash: randomUUID() })
  const objects: Readonly<Record<string, string>> = {
    documents: document.id,
    jobs: job.id,
    timetables: timetable.id,
    reviewTasks: task.id,
    webhooks: webhook.id,
    auth: apiKey.id,
    users: userId
  }
  return { ids, objects, timeblockId: timeblock.id, deliveryId: delivery.id }
})

type World = Effect.Success<typeof makeWorld>

const principalOf = (world: World, person: Person, scopes: ReadonlyArray<Permission> | null): Principal | null =>
  person === "nobody" ? null : { userId: String(world.ids[person]), role: roles[person], scopes, session: null }

describe("authorisation", () => {
  it("holds for every operation, person and kind of key", async () => {
    const app = await startMemoryApp()
    let cases = 0
    try {
      const people: ReadonlyArray<Person> = ["nobody", "owner", "colleague", "reviewer", "holder", "admin"]
      for (const { endpoint, name } of operations) {
        for (const person of people) {
          const { access } = endpoint
          const isPermission = access !== "anonymous" && access !== "signedIn"
          const keys: ReadonlyArray<ReadonlyArray<Permission> | null> = [
            null,
            allPermissions,
            isPermission ? [access] : [],
            isPermission ? allPermissions.filter((permission) => permission !== access) : []
          ]
          for (const scopes of person === "nobody" ? [null] : keys) {
            const world = await app.run(makeWorld)
            const status = await app.ask(
              endpoint,
              principalOf(world, person, scopes),
              {
                id: String(world.objects[name.split(".")[0] ?? ""] ?? randomUUID()),
                timeblockId: world.timeblockId,
                deliveryId: world.deliveryId
              },
              bodies[name]
            )
            const said = `${name} by ${person} with ${scopes === null ? "a session" : `${scopes.length} scopes`}: ${status}`
            cases += 1
            const lacksScope = isPermission && scopes !== null && !scopes.includes(access)
            const roleMay = person !== "nobody" && (forRoles[name]?.includes(roles[person]) ?? true)
            if (access === "anonymous") assert.notInclude([401, 403, 404, 500], status, said)
            else if (person === "nobody") assert.strictEqual(status, 401, said)
            else if (lacksScope || !roleMay) assert.strictEqual(status, 403, said)
            else if (reach[name] !== undefined && !reach[name].includes(person)) assert.strictEqual(status, 404, said)
            else assert.notInclude([401, 403, 404, 500], status, said)
          }
        }
      }
      assert.isAtLeast(cases, 1_000)
    } finally {
      await app.stop()
    }
  })

  it("is written down here for every operation that names an object", () => {
    for (const { endpoint, name } of operations) {
      if (endpoint.params !== undefined) assert.isTrue(name in reach || name in forRoles, name)
    }
  })
})
