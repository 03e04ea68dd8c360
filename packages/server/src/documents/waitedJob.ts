/** `Prefer: wait=20` (RFC 7240): an upload whose answer waits for the result. */
import type { ProcessingJob } from "@timegrid/core"
import { ProcessingJobs, type Stored } from "@timegrid/core/repository"
import { Effect, Option, Stream } from "effect"
import { jobEvents } from "../jobs/jobEvents.ts"

/** No answer waits longer. */
const maxSeconds = 60

/** The seconds that a request is willing to wait; null where it says nothing of it. */
export const preferredWait = (prefer: string | undefined): number | null => {
  const seconds = /(?:^|[,;]\s*)wait\s*=\s*"?(\d{1,6})"?/i.exec(prefer ?? "")?.[1]
  return seconds === undefined ? null : Math.min(Number(seconds), maxSeconds)
}

/** The job once it needs no worker any more; none when that takes longer. */
export const waitedJob = Effect.fn("waitedJob")(function* ({ id }: Stored<ProcessingJob>, seconds: number) {
  const atRest = Stream.runHead(Stream.filter(jobEvents(id), ({ status }) => restingStatuses.has(status)))
  const rested = yield* Effect.timeoutOption(atRest, `${seconds} seconds`)
  return Option.isNone(rested) ? Option.none() : yield* ProcessingJobs.use((jobs) => jobs.find(id))
})

const restingStatuses: ReadonlySet<string> = new Set(["completed", "failed", "hitl_pending", "hitl_in_progress"])
