import { assert, layer } from "@effect/vitest"
import { AuditLogs, CurrentActor } from "@timegrid/core/audit"
import { UnitOfWork } from "@timegrid/core/repository"
import { Effect, type Layer } from "effect"
import type { QueueServices } from "../queue/givenJobs.ts"
import { givenUser, unlike } from "../repository/given.ts"

const append = Effect.fnUntraced(function* (resourceId: string, changes: number | null = null) {
  yield* AuditLogs.use((audit) => audit.append({ action: "test.done", resourceType: "test", resourceId, changes }))
})

const rowsOf = Effect.fnUntraced(function* (resourceId: string) {
  return (yield* AuditLogs.use((audit) => audit.list({ filter: { resourceId }, limit: 100 }))).items
})

/**
 * The promises that every audit log keeps. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * auditLogContract("memory", MemoryJobs.layer)
 */
export const auditLogContract = <E>(name: string, store: Layer.Layer<QueueServices, E>): void => {
  layer(store, { excludeTestServices: true })(`AuditLogs contract: ${name}`, (it) => {
    it.effect("a row says what was done by whom, from where and with what", () =>
      Effect.gen(function* () {
        const { id: userId } = yield* givenUser()
        const resourceId = unlike()
        const actor = { userId, ipAddress: "2001:db8::1", userAgent: "Mozilla/5.0 (Ünïcode)" }
        const changes = { name: { from: "Maths", to: null } }
        const entry = { action: "timetable.renamed", resourceType: "timetable", resourceId, changes }
        yield* AuditLogs.use((audit) => audit.append(entry)).pipe(Effect.provideService(CurrentActor, actor))
        const [row, ...others] = yield* rowsOf(resourceId)
        assert.deepStrictEqual(others, [])
        assert.deepInclude(row, { ...entry, ...actor })
        assert.isNotNull(row?.createdAt)
      })
    )

    it.effect("a row of a transaction that fails is none", () =>
      Effect.gen(function* () {
        const resourceId = unlike()
        const { transaction } = yield* UnitOfWork
        yield* Effect.flip(transaction(Effect.andThen(append(resourceId), Effect.fail("undone"))))
        assert.deepStrictEqual(yield* rowsOf(resourceId), [])
      })
    )

    it.effect("rows are listed by what they are about, from the newest to the oldest, page by page", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const { id: userId } = yield* givenUser()
        const resourceId = unlike()
        for (let index = 0; index < 5; index++) yield* append(resourceId, index)
        yield* append(unlike()).pipe(Effect.provideService(CurrentActor, { userId, ipAddress: null, userAgent: null }))
        const filter = { resourceId, resourceType: "test", action: "test.done" }
        const first = yield* audit.list({ filter, limit: 3 })
        const second = yield* audit.list({ filter, limit: 3, after: first.nextCursor ?? "" })
        assert.deepStrictEqual(
          [...first.items, ...second.items].map(({ changes }) => changes),
          [4, 3, 2, 1, 0]
        )
        assert.isNull(second.nextCursor)
        assert.strictEqual((yield* audit.list({ filter: { userId } })).items.length, 1)
        assert.strictEqual((yield* audit.list({ filter: { userId, resourceId } })).items.length, 0)
      })
    )

    it.effect("a cursor of another list is refused", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const resourceId = unlike()
        for (let index = 0; index < 2; index++) yield* append(resourceId)
        const { nextCursor } = yield* audit.list({ filter: { resourceId }, limit: 1 })
        const others = audit.list({ filter: { resourceId: unlike() }, limit: 1, after: nextCursor ?? "" })
        assert.strictEqual((yield* Effect.flip(others)).reason._tag, "RowInvalid")
      })
    )

    it.effect("what no row can hold is refused", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const refused = audit.append({ action: "a\0", resourceType: "test" })
        assert.strictEqual((yield* Effect.flip(refused)).reason._tag, "RowInvalid")
        const from = { userId: null, ipAddress: "nowhere", userAgent: null }
        const nowhere = append(unlike()).pipe(Effect.provideService(CurrentActor, from))
        assert.strictEqual((yield* Effect.flip(nowhere)).reason._tag, "RowInvalid")
      })
    )

    it.effect("rows are sealed once, in a chain that holds", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        yield* audit.seal
        const before = yield* audit.verify
        const resourceId = unlike()
        for (let index = 0; index < 3; index++) yield* append(resourceId, index)
        assert.strictEqual((yield* audit.verify).unsealed, 3)
        assert.strictEqual(yield* audit.seal, 3)
        assert.strictEqual(yield* audit.seal, 0)
        const after = yield* audit.verify
        assert.deepStrictEqual(after, {
          verified: before.verified + 3,
          unsealed: 0,
          head: after.head,
          broken: null
        })
        assert.match(after.head ?? "", /^[0-9a-f]{64}$/)
        assert.notStrictEqual(after.head, before.head)
      })
    )

    it.effect("sealers at once seal each row once", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        yield* audit.seal
        const resourceId = unlike()
        for (let index = 0; index < 20; index++) yield* append(resourceId, index)
        const sealed = yield* Effect.all([audit.seal, audit.seal, audit.seal], { concurrency: "unbounded" })
        assert.strictEqual(
          sealed.reduce((sum, each) => sum + each, 0),
          20
        )
        assert.deepInclude(yield* audit.verify, { unsealed: 0, broken: null })
      })
    )

    it.effect("a person is taken out of all rows, and the chain holds", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const { id: userId } = yield* givenUser()
        const actor = { userId, ipAddress: "192.0.2.7", userAgent: "curl/8" }
        const resourceId = unlike()
        yield* Effect.forEach([1, 2], (change) => append(resourceId, change)).pipe(
          Effect.provideService(CurrentActor, actor)
        )
        yield* append(resourceId, 3)
        yield* audit.seal
        assert.strictEqual(yield* audit.eraseUser(userId), 2)
        assert.strictEqual(yield* audit.eraseUser(userId), 0)
        const rows = yield* rowsOf(resourceId)
        assert.deepStrictEqual(
          rows.map(({ changes }) => changes),
          [3, 2, 1]
        )
        for (const row of rows) assert.deepInclude(row, { userId: null, ipAddress: null, userAgent: null })
        assert.isNull((yield* audit.verify).broken)
      })
    )

    it.effect("months that are not over by then are not dropped", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const resourceId = unlike()
        yield* append(resourceId)
        yield* audit.ensurePartitions(1)
        assert.deepStrictEqual(yield* audit.ensurePartitions(1), [])
        yield* audit.dropPartitions(new Date())
        assert.strictEqual((yield* rowsOf(resourceId)).length, 1)
      })
    )

    it.effect("a month that is over goes as a whole, says so, and the chain holds from there on", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const old = unlike()
        yield* append(old, 1)
        yield* audit.ensurePartitions(1)
        yield* audit.seal
        const before = yield* audit.verify
        // As though it were next month.
        const dropped = yield* audit.dropPartitions(new Date(Date.now() + 32 * 24 * 3_600_000))
        assert.isAtLeast(dropped.length, 1)
        assert.deepStrictEqual(yield* rowsOf(old), [])
        const { items } = yield* audit.list({ filter: { action: "audit_log.partition_dropped" } })
        assert.includeDeepMembers(
          items.map(({ changes }) => changes),
          dropped.map((partition) => ({ partition }))
        )
        yield* append(old, 2)
        yield* audit.ensurePartitions(1)
        yield* audit.seal
        const after = yield* audit.verify
        assert.isNull(after.broken)
        assert.isBelow(after.verified, before.verified)
      })
    )
  })
}
