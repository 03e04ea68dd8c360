import { Context, type Effect } from "effect"
import * as z from "zod"
import {
  ReviewPriority,
  type ReviewTask,
  type ReviewTaskChanges,
  ReviewTaskCodec,
  type ReviewTaskInput,
  ReviewTaskInsert,
  ReviewTaskStatus,
  ReviewTaskUpdate
} from "../domain/ReviewTask.ts"
import { Uuid } from "../domain/values.ts"
import { entityTable } from "./EntityTable.ts"
import type { ListPage, ListQuery, Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"

/** Which review tasks a list is of. */
export const ReviewTaskFilter = z.strictObject({
  jobId: Uuid.optional(),
  assignedTo: Uuid.optional(),
  /** One of these. */
  statuses: z.array(ReviewTaskStatus).min(1).optional(),
  priority: ReviewPriority.optional()
})
export type ReviewTaskFilter = z.output<typeof ReviewTaskFilter>

/** The table of {@link ReviewTasks}. */
export const reviewTaskTable = entityTable({
  name: "hitl_tasks",
  codec: ReviewTaskCodec,
  insert: ReviewTaskInsert,
  update: ReviewTaskUpdate,
  filter: ReviewTaskFilter
})

/**
 * Keeps review tasks. What a reviewer does to them goes through `ReviewQueue`. Adapters are checked by
 * `reviewTasksContract`.
 */
export class ReviewTasks extends Context.Service<
  ReviewTasks,
  Repository<ReviewTask, ReviewTaskInput, ReviewTaskChanges, ReviewTaskFilter> & {
    /**
     * As `list`, in the order in which tasks want a person: the most urgent first, and of those alike the oldest. Its
     * cursors are its own.
     */
    readonly listByUrgency: (
      query?: ListQuery<ReviewTaskFilter>
    ) => Effect.Effect<ListPage<Stored<ReviewTask>>, RepositoryError>
  }
>()("@timegrid/core/repository/ReviewTasks") {}
