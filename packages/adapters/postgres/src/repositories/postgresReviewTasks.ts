import {
  encodeUrgencyCursor,
  type ReviewTaskFilter,
  type ReviewTasks,
  type Row,
  reviewTaskTable,
  urgencyPartOf
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { type Conditions, conditionsOf, equal, oneOf } from "./conditions.ts"
import { createdMicros, positionOf } from "./keyset.ts"
import { postgresRepository, storedColumns } from "./postgresRepository.ts"

const conditions: Conditions<ReviewTaskFilter> = {
  jobId: equal("job_id"),
  assignedTo: equal("assigned_to"),
  statuses: oneOf("status"),
  priority: equal("priority")
}

const table = reviewTaskTable.name

export const postgresReviewTasks = (database: PostgresDatabase["Service"]): ReviewTasks["Service"] => {
  const { name, run, sql } = database
  const columns = sql.literal(`${storedColumns(reviewTaskTable)}, ${createdMicros}`)
  const rank = sql`${name("priority_rank")}(priority)`
  return {
    ...postgresRepository(database, reviewTaskTable, conditions),
    listByUrgency: Effect.fnUntraced(function* (query) {
      const { after, filter, limit } = yield* urgencyPartOf(query)
      const behind = Option.match(after, {
        onNone: () => [],
        onSome: (last) => [
          sql`(-${rank}, created_at, id) >
            (-${last.rank}::int4, 'epoch'::timestamptz + ${last.createdMicros}::int8 * interval '1 microsecond', ${last.id}::uuid)`
        ]
      })
      const rows = yield* run<ReadonlyArray<Row>>(
        table,
        sql`SELECT ${columns}, ${rank} AS rank FROM ${name(table)}
          WHERE ${sql.and([...conditionsOf(sql, conditions, filter), ...behind])}
          ORDER BY ${rank} DESC, created_at, id LIMIT ${limit + 1}`
      )
      const last = rows.length > limit ? rows[limit - 1] : undefined
      return {
        items: yield* reviewTaskTable.entitiesOf(rows.slice(0, limit)),
        // Selected above.
        nextCursor:
          last === undefined ? null : encodeUrgencyCursor(filter, { rank: last.rank as number, ...positionOf(last) })
      }
    })
  }
}
