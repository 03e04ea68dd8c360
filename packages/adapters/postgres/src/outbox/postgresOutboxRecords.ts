import { deadMessageOf, OutboxRecords, outboxColumns, outboxColumnsOf, outboxMessageOf } from "@timegrid/core/queue"
import { parserFor, type Row } from "@timegrid/core/repository"
import { Duration, Effect, Layer, Option } from "effect"
import * as z from "zod"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"

const table = "outbox"
const topicsName = "outbox_topics"
const columnList = outboxColumns.map((column) => `message.${column}`).join(", ")

const parse = parserFor(topicsName)
const Tokens = z.array(z.object({ fencing_token: z.int() }))

const makePostgresOutboxRecords = Effect.gen(function* () {
  const { name, run, sql } = yield* PostgresDatabase
  const messages = name(table)
  const topics = name(topicsName)
  const columns = sql.literal(columnList)
  const after = (delay: Duration.Duration) =>
    sql`clock_timestamp() + make_interval(secs => ${Duration.toMillis(delay)}::float8 / 1000)`

  return OutboxRecords.of({
    insert: Effect.fnUntraced(function* (topic, payload) {
      const row = yield* outboxColumnsOf(topic, payload)
      // As text, since the driver takes a payload of null for no payload.
      const json = JSON.stringify(row.payload)
      yield* run(table, sql<Row>`INSERT INTO ${messages} (topic, payload) VALUES (${topic}, ${json}::text::jsonb)`)
    }),

    takeTopic: Effect.fnUntraced(function* (topic, leaseFor) {
      const rows = yield* run(
        topicsName,
        sql<Row>`INSERT INTO ${topics} AS topic (topic, lease_expires_at, fencing_token)
          VALUES (${topic}, ${after(leaseFor)}, 1)
          ON CONFLICT (topic) DO UPDATE
            SET lease_expires_at = excluded.lease_expires_at, fencing_token = topic.fencing_token + 1
            WHERE topic.lease_expires_at <= clock_timestamp()
          RETURNING fencing_token`
      )
      const [taken] = yield* parse(Tokens, rows)
      return Option.fromNullishOr(taken?.fencing_token)
    }),

    keepTopic: (topic, token, leaseFor) =>
      Effect.map(
        run(
          topicsName,
          sql<Row>`UPDATE ${topics} SET lease_expires_at = ${after(leaseFor)}
            WHERE topic = ${topic} AND fencing_token = ${token} RETURNING topic`
        ),
        (rows) => rows.length > 0
      ),

    leaveTopic: (topic, token) =>
      Effect.asVoid(
        run(
          topicsName,
          sql<Row>`UPDATE ${topics} SET lease_expires_at = clock_timestamp()
            WHERE topic = ${topic} AND fencing_token = ${token}`
        )
      ),

    waiting: Effect.fnUntraced(function* (topic, limit) {
      const rows = yield* run(
        table,
        sql<Row>`SELECT ${columns}, message.available_at <= statement_timestamp() AS is_due
          FROM ${messages} AS message
          WHERE message.topic = ${topic} AND message.dead_at IS NULL
          ORDER BY message.id LIMIT ${limit}`
      )
      return rows[0]?.is_due === true ? yield* Effect.forEach(rows, outboxMessageOf) : []
    }),

    remove: (ids) => Effect.asVoid(run(table, sql<Row>`DELETE FROM ${messages} WHERE ${sql.in("id", ids)}`)),

    postpone: (id, error, delay) => {
      const fate = delay === null ? sql`dead_at = clock_timestamp()` : sql`available_at = ${after(delay)}`
      return Effect.asVoid(
        run(table, sql<Row>`UPDATE ${messages} SET attempts = attempts + 1, error = ${error}, ${fate} WHERE id = ${id}`)
      )
    },

    listDead: Effect.fnUntraced(function* (topic, limit) {
      const ofTopic = topic === undefined ? sql`` : sql`AND message.topic = ${topic}`
      const rows = yield* run(
        table,
        sql<Row>`SELECT ${columns}, message.dead_at, message.error FROM ${messages} AS message
          WHERE message.dead_at IS NOT NULL ${ofTopic} ORDER BY message.id LIMIT ${limit}`
      )
      return yield* Effect.forEach(rows, deadMessageOf)
    }),

    revive: (id) =>
      Effect.map(
        run(
          table,
          sql<Row>`UPDATE ${messages} SET dead_at = NULL, attempts = 0, available_at = clock_timestamp()
            WHERE id = ${id} AND dead_at IS NOT NULL RETURNING id`
        ),
        (rows) => rows.length > 0
      ),

    discard: (id) =>
      Effect.map(
        run(table, sql<Row>`DELETE FROM ${messages} WHERE id = ${id} AND dead_at IS NOT NULL RETURNING id`),
        (rows) => rows.length > 0
      )
  })
})

/** Provides `OutboxRecords` over the rows of a schema. */
export const postgresOutboxRecords: Layer.Layer<OutboxRecords, never, PostgresDatabase> = Layer.effect(
  OutboxRecords,
  makePostgresOutboxRecords
)
