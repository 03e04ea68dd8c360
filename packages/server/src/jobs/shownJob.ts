import { isLegalStatusChange, type ProcessingJob } from "@timegrid/core"
import { ProgressStore } from "@timegrid/core/realtime"
import { ReviewTasks, type Stored } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import type { Job } from "../contract/jobs.ts"
import { jobStages } from "./jobStages.ts"

/** The job as the API shows it: with its stages, its open or last review, and how far it is. */
export const shownJob = Effect.fnUntraced(function* (job: Stored<ProcessingJob>) {
  const reviews = yield* ReviewTasks.use((tasks) => tasks.list({ filter: { jobId: job.id }, limit: 1 }))
  const { createdAt, metadata: _, updatedAt: __, version: ___, ...columns } = job
  return {
    ...columns,
    // The column accepts null and is never null.
    createdAt: createdAt ?? new Date(0).toISOString(),
    progress: yield* progressOf(job),
    stages: jobStages(job),
    reviewTaskId: reviews.items[0]?.id ?? null
  } satisfies Job
})

/** Per cent: all of it once nothing more can come, else what the worker told last. */
const progressOf = (job: Stored<ProcessingJob>) => {
  if (job.status === "completed") return Effect.succeed(100)
  if (!isLegalStatusChange(job.status, "completed")) return Effect.succeed(0)
  // The live view may be out of reach; the job is not.
  return ProgressStore.use((progress) => progress.find(job.id)).pipe(
    Effect.map(Option.match({ onNone: () => 0, onSome: ({ progress }) => progress })),
    Effect.orElseSucceed(() => 0)
  )
}
