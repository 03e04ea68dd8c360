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
import { qualifiedText } from "../database/qualifiedName.ts"
import { type Conditions, conditionsOf, equal, oneOf, parameter, type Values, where } from "./conditions.ts"
import { createdMicros, momentOf, positionOf } from "./keyset.ts"
import { postgresRepository, storedColumns } from "./postgresRepository.ts"

const conditions: Conditions<ReviewTaskFilter> = {
  jobId: equal("job_id"),
  assignedTo: equal("assigned_to"),
  statuses: oneOf("status"),
  priority: equal("priority")
}

const table = reviewTaskTable.name

export const postgresReviewTasks = (database: PostgresDatabase["Service"]): ReviewTasks["Service"] => {
  const { run, schema, sql } = database
  const rank = `${qualifiedText(schema, "priority_rank")}(priority)`
  const ranked = `SELECT ${storedColumns(reviewTaskTable)}, ${createdMicros}, ${rank} AS rank FROM ${qualifiedText(schema, table)}`
  return {
    ...postgresRepository(database, reviewTaskTable, conditions),
    listByUrgency: Effect.fnUntraced(function* (query) {
      const { after, filter, limit } = yield* urgencyPartOf(query)
      const values: Values = []
      const matching = conditionsOf(conditions, filter, values)
      const behind = Option.match(after, {
        onNone: () => [],
        onSome: (last) => [
          `(-${rank}, created_at, id) > (-${parameter(values, last.rank)}::int4,
            ${momentOf(last.createdMicros, values)}, ${parameter(values, last.id)}::uuid)`
        ]
      })
      const order = `ORDER BY ${rank} DESC, created_at, id LIMIT ${parameter(values, limit + 1)}`
      const statement = `${ranked} ${where([...matching, ...behind])} ${order}`
      const rows = yield* run<ReadonlyArray<Row>>(table, sql.unsafe(statement, values))
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
