import { Duration, Effect, Layer, Option } from "effect"
import type { Row } from "../repository/EntityTable.ts"
import { MemoryDatabase } from "../repository/memory/MemoryDatabase.ts"
import { OutboxRecords } from "./OutboxRecords.ts"
import { deadMessageOf, outboxColumnsOf, outboxMessageOf } from "./outboxRow.ts"

const messages = "outbox"
const topics = "outbox_topics"

const after = (now: Date, duration: Duration.Duration) => new Date(now.getTime() + Duration.toMillis(duration))
const isDead = (row: Row) => row.dead_at !== null
// What the tables fill in, or `takeTopic` has written.
const moment = (row: Row, column: string) => row[column] as Date
const holds = (row: Row | undefined, token: number) => row !== undefined && row.fencing_token === token

const makeMemoryOutboxRecords = Effect.gen(function* () {
  const { statement } = yield* MemoryDatabase

  return OutboxRecords.of({
    insert: Effect.fnUntraced(function* (topic, payload) {
      const columns = yield* outboxColumnsOf(topic, payload)
      yield* statement((session) => session.insert(messages, columns))
    }),
    takeTopic: (topic, leaseFor) =>
      statement(({ find, insert, now, update }) => {
        const row = find(topics, topic)
        const lease = { lease_expires_at: after(now, leaseFor) }
        if (row === undefined) {
          insert(topics, { topic, fencing_token: 1, ...lease })
          return Option.some(1)
        }
        if (moment(row, "lease_expires_at") > now) return Option.none()
        const token = Number(row.fencing_token) + 1
        update(topics, [topic], { fencing_token: token, ...lease })
        return Option.some(token)
      }),
    keepTopic: (topic, token, leaseFor) =>
      statement(({ find, now, update }) => {
        if (!holds(find(topics, topic), token)) return false
        update(topics, [topic], { lease_expires_at: after(now, leaseFor) })
        return true
      }),
    leaveTopic: (topic, token) =>
      statement(({ find, now, update }) => {
        if (holds(find(topics, topic), token)) update(topics, [topic], { lease_expires_at: now })
      }),
    waiting: (topic, limit) =>
      statement(({ now, rows }) => {
        const waiting = rows(messages)
          .filter((row) => row.topic === topic && !isDead(row))
          .toSorted((one, other) => Number(one.id) - Number(other.id))
          .slice(0, limit)
        const [head] = waiting
        return head !== undefined && moment(head, "available_at") > now ? [] : waiting
      }).pipe(Effect.flatMap(Effect.forEach(outboxMessageOf))),
    remove: (ids) =>
      statement(({ remove }) => {
        for (const id of ids) remove(messages, id)
      }),
    postpone: (id, error, delay) =>
      statement(({ find, now, update }) => {
        const attempts = Number(find(messages, id)?.attempts ?? 0) + 1
        const fate = delay === null ? { dead_at: now } : { available_at: after(now, delay) }
        update(messages, [id], { attempts, error, ...fate })
      }),
    listDead: (topic, limit) =>
      statement(({ rows }) =>
        rows(messages)
          .filter((row) => isDead(row) && (topic === undefined || row.topic === topic))
          .toSorted((one, other) => Number(one.id) - Number(other.id))
          .slice(0, limit)
      ).pipe(Effect.flatMap(Effect.forEach(deadMessageOf))),
    revive: (id) =>
      statement(({ find, now, update }) => {
        const row = find(messages, id)
        if (row === undefined || !isDead(row)) return false
        update(messages, [id], { dead_at: null, attempts: 0, available_at: now })
        return true
      }),
    discard: (id) =>
      statement(({ find, remove }) => {
        const row = find(messages, id)
        return row !== undefined && isDead(row) && remove(messages, id)
      })
  })
})

/** Provides `OutboxRecords` over the rows of a database in memory. */
export const memoryOutboxRecords: Layer.Layer<OutboxRecords, never, MemoryDatabase> = Layer.effect(
  OutboxRecords,
  makeMemoryOutboxRecords
)
