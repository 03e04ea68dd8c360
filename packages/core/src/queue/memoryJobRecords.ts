import { Duration, Effect, Layer, Option } from "effect"
import type { Row } from "../repository/EntityTable.ts"
import { MemoryDatabase } from "../repository/memory/MemoryDatabase.ts"
import type { MemorySession } from "../repository/memory/MemorySession.ts"
import { processingJobTable } from "../repository/ProcessingJobs.ts"
import { rowIdOf } from "../repository/parsing.ts"
import { RowMissing } from "../repository/RepositoryError.ts"
import { JobRecords } from "./JobRecords.ts"
import { jobColumnsOf, jobRecordOf, parseOwner, placementColumnsOf } from "./jobRow.ts"

const { failure, insertOf, name } = processingJobTable

// What the table fills in by itself, or the repository has parsed.
const number = (row: Row, column: string) => row[column] as number
const moment = (row: Row, column: string) => row[column] as Date
const leaseEnd = (row: Row) => row.lease_expires_at as Date | null

const hasExpired = (row: Row, now: Date) => {
  const end = leaseEnd(row)
  return end !== null && end <= now
}
const isWaiting = (row: Row, now: Date) =>
  row.queue !== null && leaseEnd(row) === null && moment(row, "available_at") <= now
const byPriorityAndAge = (one: Row, other: Row) =>
  number(other, "priority") - number(one, "priority") ||
  moment(one, "created_at").getTime() - moment(other, "created_at").getTime()

/** Jobs of a database in memory, whose transactions come one after the other: that is all the locking there is. */
const makeMemoryJobRecords = Effect.gen(function* () {
  const { statement } = yield* MemoryDatabase

  const recordOf = ({ now, row }: { readonly row: Row; readonly now: Date }) => jobRecordOf({ ...row, now })
  const select = (choose: (session: MemorySession) => ReadonlyArray<Row>) =>
    statement((session) => choose(session).map((row) => ({ row, now: session.now }))).pipe(
      Effect.flatMap(Effect.forEach(recordOf))
    )
  const selectOne = (choose: (session: MemorySession) => Row | undefined) =>
    Effect.map(
      select((session) => {
        const row = choose(session)
        return row === undefined ? [] : [row]
      }),
      (records) => Option.fromNullishOr(records[0])
    )
  const find = (id: string) => selectOne((session) => session.find(name, Option.getOrUndefined(rowIdOf(id))))

  return JobRecords.of({
    find,
    lock: find,
    findByKey: (userId, key) =>
      selectOne(({ rows }) => rows(name).find((row) => row.user_id === userId && row.idempotency_key === key)),
    insert: Effect.fnUntraced(function* (input, placement) {
      const columns = { ...(yield* insertOf(input)), ...(yield* placementColumnsOf(placement)) }
      return yield* Effect.flatMap(
        statement((session) => ({ row: session.insert(name, columns), now: session.now })),
        recordOf
      )
    }),
    claim: Effect.fnUntraced(function* (queue, { jobId, leaseFor, maxLostLeases, owner }) {
      const lease_owner = yield* parseOwner(owner)
      return yield* selectOne((session) => {
        const { now } = session
        const [first] = session
          .rows(name)
          .filter(
            (row) =>
              row.queue === queue &&
              (jobId === undefined || row.id === jobId) &&
              (isWaiting(row, now) || (hasExpired(row, now) && number(row, "poison_count") + 1 < maxLostLeases))
          )
          .toSorted(byPriorityAndAge)
        return (
          first &&
          session.update(name, [first.id], {
            lease_owner,
            lease_expires_at: new Date(now.getTime() + Duration.toMillis(leaseFor)),
            fencing_token: number(first, "fencing_token") + 1,
            poison_count: number(first, "poison_count") + Number(hasExpired(first, now))
          })
        )
      })
    }),
    updateHeld: Effect.fnUntraced(function* (id, token, changes) {
      const columns = yield* jobColumnsOf("checkpoint" in changes ? changes : {})
      return yield* selectOne((session) => {
        const { now } = session
        const row = session.find(name, Option.getOrUndefined(rowIdOf(id)))
        if (row === undefined || number(row, "fencing_token") !== token) return undefined
        if (leaseEnd(row) === null || hasExpired(row, now)) return undefined
        const end = "leaseFor" in changes && new Date(now.getTime() + Duration.toMillis(changes.leaseFor))
        return session.update(name, [id], { ...columns, ...(end && { lease_expires_at: end }) })
      })
    }),
    update: Effect.fnUntraced(function* (id, changes) {
      const columns = yield* jobColumnsOf(changes)
      const record = yield* selectOne((session) => session.update(name, [id], columns))
      return yield* Option.match(record, {
        onNone: () => Effect.fail(failure(new RowMissing({ id }))),
        onSome: Effect.succeed
      })
    }),
    lockExpired: (limit) =>
      select(({ now, rows }) =>
        rows(name)
          .filter((row) => hasExpired(row, now))
          .slice(0, limit)
      ),
    lockUnheard: (limit, since) =>
      select(({ now, rows }) => {
        const before = now.getTime() - Duration.toMillis(since)
        return rows(name)
          .filter((row) => isWaiting(row, now) && moment(row, "woken_at").getTime() <= before)
          .slice(0, limit)
      })
  })
})

/** Provides `JobRecords` over the rows of a database in memory. */
export const memoryJobRecords: Layer.Layer<JobRecords, never, MemoryDatabase> = Layer.effect(
  JobRecords,
  makeMemoryJobRecords
)
