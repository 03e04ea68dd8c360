import { Effect, Option } from "effect"
import { type ReviewPriority, reviewPriorityRanks } from "../../domain/ReviewTask.ts"
import type { Row } from "../EntityTable.ts"
import { type ReviewTaskFilter, type ReviewTasks, reviewTaskTable } from "../ReviewTasks.ts"
import { encodeUrgencyCursor, type UrgencyPosition, urgencyPartOf } from "../urgency.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { equal, matching, oneOf } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

const { entitiesOf, name } = reviewTaskTable

const matches = matching<ReviewTaskFilter>({
  jobId: equal("job_id"),
  assignedTo: equal("assigned_to"),
  statuses: oneOf("status"),
  priority: equal("priority")
})

export const memoryReviewTasks = (database: MemoryDatabase["Service"]): ReviewTasks["Service"] => ({
  ...memoryRepository(database, reviewTaskTable, matches),
  listByUrgency: Effect.fnUntraced(function* (query) {
    const { after, filter, limit } = yield* urgencyPartOf(query)
    const behind = yield* database.statement((session) =>
      session
        .rows(name)
        .filter((row) => matches(row, filter))
        .filter((row) => Option.isNone(after) || byUrgency(positionOf(row), after.value) > 0)
        .toSorted((one, other) => byUrgency(positionOf(one), positionOf(other)))
        .slice(0, limit + 1)
    )
    const last = behind.length > limit ? behind[limit - 1] : undefined
    return {
      items: yield* entitiesOf(behind.slice(0, limit)),
      nextCursor: last === undefined ? null : encodeUrgencyCursor(filter, positionOf(last))
    }
  })
})

// Rows were parsed before they were stored.
const positionOf = ({ created_at, id, priority }: Row): UrgencyPosition => ({
  rank: reviewPriorityRanks[priority as ReviewPriority],
  createdMicros: (created_at as Date).getTime() * 1000,
  id: id as string
})

const byUrgency = (one: UrgencyPosition, other: UrgencyPosition) =>
  other.rank - one.rank ||
  one.createdMicros - other.createdMicros ||
  (one.id < other.id ? -1 : Number(one.id > other.id))
