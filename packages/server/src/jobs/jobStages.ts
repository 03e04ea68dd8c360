import type { ProcessingJob } from "@timegrid/core"
import * as z from "zod"
import { JobStage } from "../contract/jobs.ts"

/** Where a worker writes down how the stages of a job go. */
const StagesInMetadata = z.looseObject({ stages: z.array(JobStage).catch([]) })

/** How the stages of a job went so far, in the order in which they began. */
export const jobStages = ({ metadata }: Pick<ProcessingJob, "metadata">): ReadonlyArray<JobStage> => {
  const parsed = StagesInMetadata.safeParse(metadata)
  return parsed.success ? parsed.data.stages : []
}

/** The part of a job's metadata that says so. */
export const stagesMetadata = (stages: ReadonlyArray<JobStage>) => ({ stages: [...stages] })
