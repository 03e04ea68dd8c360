import { type ReviewTaskFilter, type ReviewTasks, reviewTaskTable } from "../ReviewTasks.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { equal, matching, oneOf } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

const matches = matching<ReviewTaskFilter>({
  jobId: equal("job_id"),
  assignedTo: equal("assigned_to"),
  statuses: oneOf("status"),
  priority: equal("priority")
})

export const memoryReviewTasks = (database: MemoryDatabase["Service"]): ReviewTasks["Service"] =>
  memoryRepository(database, reviewTaskTable, matches)
