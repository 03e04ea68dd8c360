import { type ReviewTaskFilter, type ReviewTasks, reviewTaskTable } from "@timegrid/core/repository"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { type Conditions, equal, oneOf } from "./conditions.ts"
import { postgresRepository } from "./postgresRepository.ts"

const conditions: Conditions<ReviewTaskFilter> = {
  jobId: equal("job_id"),
  assignedTo: equal("assigned_to"),
  statuses: oneOf("status"),
  priority: equal("priority")
}

export const postgresReviewTasks = (database: PostgresDatabase["Service"]): ReviewTasks["Service"] =>
  postgresRepository(database, reviewTaskTable, conditions)
