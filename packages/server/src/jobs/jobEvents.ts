/** The events of one job as a stream that begins with how it stands and ends when nothing more can come. */
import { type JobEvent, jobEventOf } from "@timegrid/core/queue"
import { EventBus, jobEventChannel } from "@timegrid/core/realtime"
import { ProcessingJobs } from "@timegrid/core/repository"
import { Effect, Option, Schedule, Stream } from "effect"

/**
 * Events may happen in a process that this one hears nothing of, or be lost on their way: so the job is looked at again
 * and again too.
 */
const lookEvery = "2 seconds"

/** No event follows these. */
const isLast = ({ type }: JobEvent) => type === "job:completed" || type === "job:failed"

/**
 * What happens to the job after the event with the number `after`. Events that were missed, before or while listening,
 * are made up for by one that says how the job stands now; none comes twice or out of order.
 */
export const jobEvents = (jobId: string, after = 0) =>
  Stream.unwrap(
    Effect.gen(function* () {
      const bus = yield* EventBus
      const jobs = yield* ProcessingJobs
      const state = Effect.map(jobs.find(jobId), (found) =>
        Option.toArray(Option.map(found, (job) => jobEventOf(job, job.updatedAt ?? new Date(0).toISOString())))
      )
      // Listening begins before the job is read, so that nothing falls between.
      const messages = yield* bus.listen(jobEventChannel)
      const live = Stream.flatMap(messages, (message) =>
        message.type === "gap" ? Stream.fromIterableEffect(state) : Stream.make(message.event)
      )
      const looks = Stream.flatMap(Stream.fromSchedule(Schedule.spaced(lookEvery)), () =>
        Stream.fromIterableEffect(state)
      )
      let lastSeq = after
      return Stream.concat(Stream.fromIterableEffect(state), Stream.merge(live, looks)).pipe(
        Stream.filter((event) => {
          const isNews = event.jobId === jobId && event.seq > lastSeq
          if (isNews) lastSeq = event.seq
          return isNews
        }),
        Stream.takeUntil(isLast)
      )
    })
  )
