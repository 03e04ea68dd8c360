import { assert, describe, layer } from "@effect/vitest"
import { AuditLogs, CurrentActor } from "@timegrid/core/audit"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { postgresAuditRecords } from "../../src/audit/postgresAuditRecords.ts"
import { PostgresDatabase } from "../../src/database/PostgresDatabase.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

const store = AuditLogs.layer.pipe(Layer.provideMerge(postgresAuditRecords), Layer.provideMerge(freshPostgres()))

/** A statement of whoever has the database to themselves. */
const query = Effect.fnUntraced(function* (text: string) {
  const { run, sql } = yield* PostgresDatabase
  return yield* run("audit_logs", sql.unsafe<Record<string, unknown>>(text))
})

/** The same behind the back of the triggers. */
const tamper = Effect.fnUntraced(function* (...texts: ReadonlyArray<string>) {
  const { transaction } = yield* PostgresDatabase
  yield* transaction(
    Effect.gen(function* () {
      yield* query("SET LOCAL session_replication_role = replica")
      for (const text of texts) yield* query(text)
    })
  )
})

const append = (action: string) =>
  AuditLogs.use((audit) => audit.append({ action, resourceType: "test", changes: { a: [1, "b"] } }))

const refusal = Effect.fnUntraced(function* (text: string) {
  const { reason } = yield* Effect.flip(query(text))
  return "constraint" in reason ? reason.constraint : reason._tag
})

/** Rows of these actions, sealed; their ids. */
const givenSealed = Effect.fnUntraced(function* (...actions: ReadonlyArray<string>) {
  const audit = yield* AuditLogs
  for (const action of actions) yield* append(action)
  yield* audit.seal
  const rows = yield* query(`SELECT id FROM audit_logs ORDER BY id DESC LIMIT ${actions.length}`)
  return rows.map(({ id }) => Number(id)).toReversed()
})

describe.skipIf(postgresUrl === null)("the audit log in PostgreSQL", () => {
  layer(store, { excludeTestServices: true })("", (it) => {
    it.effect("takes no change but that of the person to nobody, and lets no row go", () =>
      Effect.gen(function* () {
        yield* append("kept")
        assert.strictEqual(yield* refusal("UPDATE audit_logs SET action = 'other'"), "keep_audit_log")
        assert.strictEqual(yield* refusal("UPDATE audit_logs SET changes = NULL"), "keep_audit_log")
        assert.strictEqual(yield* refusal("UPDATE audit_logs SET user_agent = 'other'"), "keep_audit_log")
        assert.strictEqual(yield* refusal("DELETE FROM audit_logs"), "keep_audit_log")
        assert.strictEqual(yield* refusal("TRUNCATE audit_logs"), "keep_audit_log")
        yield* query("UPDATE audit_logs SET user_agent = NULL, ip_address = NULL, user_id = NULL")
      })
    )

    it.effect("a user who goes leaves their rows without a name, and the chain holds", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const [user] = yield* query(
          "INSERT INTO users (email, password_hash, first_name, last_name) VALUES ('a@b.example', 'x', 'A', 'B') RETURNING id"
        )
        const actor = { userId: String(user?.id), ipAddress: "192.0.2.7", userAgent: "curl/8" }
        yield* append("theirs").pipe(Effect.provideService(CurrentActor, actor))
        yield* audit.seal
        yield* query(`DELETE FROM users WHERE id = '${actor.userId}'`)
        const [row] = (yield* audit.list({ filter: { action: "theirs" } })).items
        assert.strictEqual(row?.userId, null)
        assert.isNull((yield* audit.verify).broken)
      })
    )

    for (const [what, change, fault] of [
      ["was changed", "UPDATE audit_logs SET changes = '{}' WHERE id = $id", "row_changed"],
      [
        "was moved in time",
        "UPDATE audit_logs SET created_at = created_at - INTERVAL '1 s' WHERE id = $id",
        "row_changed"
      ],
      ["was removed", "DELETE FROM audit_logs WHERE id = $id", "row_missing"],
      ["has another seal", `UPDATE audit_seals SET row_hash = '${"0".repeat(64)}' WHERE audit_id = $id`, "seal_changed"]
    ] as const)
      it.effect(`the first row that ${what} is named`, () =>
        Effect.gen(function* () {
          const audit = yield* AuditLogs
          const [, second = 0, third = 0] = yield* givenSealed("one", "two", "three", "four")
          yield* query("CREATE TABLE IF NOT EXISTS log_before AS TABLE audit_logs")
          yield* query("CREATE TABLE IF NOT EXISTS seals_before AS TABLE audit_seals")
          yield* tamper(...[third, second].map((id) => change.replace("$id", String(id))))
          assert.deepStrictEqual((yield* audit.verify).broken, { auditId: second, fault })
          yield* tamper(
            "DELETE FROM audit_logs",
            "INSERT INTO audit_logs TABLE log_before",
            "UPDATE audit_seals SET row_hash = b.row_hash FROM seals_before AS b WHERE b.position = audit_seals.position"
          )
          yield* query("DROP TABLE log_before, seals_before")
          assert.isNull((yield* audit.verify).broken)
        })
      )

    it.effect("a seal that was removed is missed by the one behind it", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const [first = 0, second = 0] = yield* givenSealed("one", "two")
        yield* query(`CREATE TABLE kept AS SELECT * FROM audit_seals WHERE audit_id = ${first}`)
        yield* query(`DELETE FROM audit_seals WHERE audit_id = ${first}`)
        assert.deepStrictEqual((yield* audit.verify).broken, { auditId: second, fault: "seal_changed" })
        yield* query("INSERT INTO audit_seals OVERRIDING SYSTEM VALUE TABLE kept")
        assert.isNull((yield* audit.verify).broken)
      })
    )

    it.effect("a row of a transaction that ends after later rows were sealed is sealed behind them", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const { transaction } = yield* PostgresDatabase
        yield* audit.seal
        const [written, sealed] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
        const late = yield* Effect.forkChild(
          transaction(
            Effect.all([append("late"), Deferred.succeed(written, undefined), Deferred.await(sealed)], {
              discard: true
            })
          )
        )
        yield* Deferred.await(written)
        yield* append("early")
        assert.strictEqual(yield* audit.seal, 1)
        yield* Deferred.succeed(sealed, undefined)
        yield* Fiber.join(late)
        assert.strictEqual(yield* audit.seal, 1)
        assert.deepInclude(yield* audit.verify, { broken: null, unsealed: 0 })
      })
    )

    it.effect("rows of months that have no partition lie in the default one until theirs is made", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        yield* query(
          "INSERT INTO audit_logs (action, resource_type, created_at) VALUES ('old', 'test', '2023-02-28 23:59:59.999+00')"
        )
        const made = yield* audit.ensurePartitions(2)
        assert.include(made, "audit_logs_y2023m02")
        assert.strictEqual(made.length, 4)
        const [old] = yield* query("SELECT tableoid::regclass::text AS part FROM audit_logs WHERE action = 'old'")
        assert.strictEqual(old?.part, "audit_logs_y2023m02")
        assert.deepStrictEqual(yield* query("SELECT id FROM audit_logs_default"), [])
        assert.isNull((yield* audit.verify).broken)
        assert.deepStrictEqual(yield* audit.ensurePartitions(2), [])
      })
    )

    it.effect("of several that make partitions at once all succeed", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        const made = yield* Effect.all([audit.ensurePartitions(5), audit.ensurePartitions(5)], {
          concurrency: "unbounded"
        })
        assert.strictEqual(made.flat().length, 3)
      })
    )

    it.effect("only what ended by then is dropped", () =>
      Effect.gen(function* () {
        const audit = yield* AuditLogs
        yield* audit.seal
        assert.deepStrictEqual(yield* audit.dropPartitions(new Date("2024-10-31T23:59:59Z")), ["audit_logs_y2023m02"])
        assert.deepStrictEqual(yield* audit.dropPartitions(new Date("2024-11-01T00:00:00Z")), ["audit_logs_y2024m10"])
        assert.isNull((yield* audit.verify).broken)
        assert.isAbove((yield* audit.list()).items.length, 0)
      })
    )
  })
})
