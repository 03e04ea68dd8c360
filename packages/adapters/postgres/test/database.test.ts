/** What crosses the border to the server, either way. */
import { assert, describe, layer } from "@effect/vitest"
import { RepositoryError } from "@timegrid/core/repository"
import { Effect, Layer, Redacted } from "effect"
import * as fc from "fast-check"
import { PostgresDatabase } from "../src/database/PostgresDatabase.ts"
import { postgresLayer } from "../src/database/postgresLayer.ts"
import { freshPostgres, postgresUrl } from "./support/freshPostgres.ts"

const twoDigits = (value: number) => String(value).padStart(2, "0")
const times = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((parts) => parts.map(twoDigits).join(":"))
const dates = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const moments = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
const texts = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"))
const percentages = fc.nat(10_000).map((hundredths) => hundredths / 100)

describe.skipIf(postgresUrl === null)("the database", () => {
  layer(freshPostgres(), { excludeTestServices: true })((it) => {
    it.effect("gives values back as they were given, whatever they are", () =>
      Effect.gen(function* () {
        const { sql } = yield* PostgresDatabase
        const values = fc.record({
          time: times,
          date: dates,
          moment: moments,
          text: texts,
          percentage: percentages,
          count: fc.maxSafeInteger(),
          json: fc.dictionary(texts, fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null)))
        })
        const echo = (given: typeof values extends fc.Arbitrary<infer A> ? A : never) =>
          Effect.map(
            sql`SELECT ${given.time}::time AS time, ${given.date}::date AS date, ${given.moment}::timestamptz AS moment,
              ${given.text}::text AS text, ${given.percentage}::numeric(5,2) AS percentage, ${given.count}::int8 AS count,
              ${sql.json(given.json)} AS json`,
            ([row]) => assert.deepStrictEqual(row, given)
          )
        const services = yield* Effect.context<never>()
        yield* Effect.promise(() =>
          fc.assert(
            fc.asyncProperty(values, (given) => Effect.runPromiseWith(services)(echo(given))),
            { numRuns: 200 }
          )
        )
      })
    )

    it.effect("refuses a whole number that JavaScript cannot hold, rather than round it", () =>
      Effect.gen(function* () {
        const { run, sql } = yield* PostgresDatabase
        const error = yield* Effect.flip(run("users", sql`SELECT 9007199254740993::int8 AS count`))
        assert.strictEqual(error.reason._tag, "RowInvalid")
      })
    )

    const reasonFor = (statement: string) =>
      Effect.gen(function* () {
        const { run, sql } = yield* PostgresDatabase
        const error = yield* Effect.flip(run("users", sql.unsafe(statement)))
        assert.instanceOf(error, RepositoryError)
        assert.strictEqual(error.table, "users")
        return error.reason
      })

    describe.each([
      [
        "a text that is too long",
        "SELECT cast_to.email FROM jsonb_populate_record(NULL::users, jsonb_build_object('email', repeat('a', 256))) cast_to",
        { _tag: "RowInvalid", isRetryable: false }
      ],
      [
        "a null where there may be none",
        "INSERT INTO users (email) VALUES ('a@b.example')",
        { _tag: "ConstraintViolation", isRetryable: false }
      ],
      ["a column that is not there", "SELECT nothing FROM users", { _tag: "StoreUnavailable", isRetryable: false }],
      ["a deadlock", "DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$", { _tag: "StoreUnavailable", isRetryable: true }],
      [
        "a transaction that could not be serialised",
        "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$",
        { _tag: "StoreUnavailable", isRetryable: true }
      ],
      [
        "a server that shuts down",
        "DO $$ BEGIN RAISE SQLSTATE '57P01'; END $$",
        { _tag: "StoreUnavailable", isRetryable: true }
      ],
      [
        "a server with no connection left",
        "DO $$ BEGIN RAISE SQLSTATE '53300'; END $$",
        { _tag: "StoreUnavailable", isRetryable: true }
      ],
      [
        "a trigger that refuses by name",
        "DO $$ BEGIN RAISE 'no' USING ERRCODE = 'check_violation', CONSTRAINT = 'ours'; END $$",
        { _tag: "ConstraintViolation", constraint: "ours" }
      ]
    ])("%s", (_, statement, expected) => {
      it.effect(
        `is told as ${expected._tag}${"isRetryable" in expected && expected.isRetryable ? ", to be tried again" : ""}`,
        () =>
          Effect.gen(function* () {
            assert.containSubset(yield* reasonFor(statement), expected)
          })
      )
    })

    it.effect("a connection that the server ends amid a transaction fails it as one to be tried again", () =>
      Effect.gen(function* () {
        const { run, sql, transaction } = yield* PostgresDatabase
        const error = yield* Effect.flip(transaction(run("users", sql`SELECT pg_terminate_backend(pg_backend_pid())`)))
        assert.strictEqual(error.reason._tag, "StoreUnavailable")
        assert.isTrue(error.isRetryable)
        assert.lengthOf(yield* run("users", sql`SELECT 1`), 1)
      })
    )
  })

  layer(Layer.empty)((it) => {
    it.effect("that nobody serves is unavailable, to be tried again", () =>
      Effect.gen(function* () {
        const database = postgresLayer({ url: Redacted.make("postgres://a:b@127.0.0.1:9/db") })
        const call = Effect.flatMap(PostgresDatabase, ({ run, sql }) => run("users", sql`SELECT 1`))
        const error = yield* Effect.flip(Effect.provide(call, database))
        assert.instanceOf(error, RepositoryError)
        assert.isTrue(error.isRetryable)
      })
    )
  })
})
