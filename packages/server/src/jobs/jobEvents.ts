/** The events of one job as a stream that begins with how it stands and ends when nothing more can come. */
import { type JobEvent, jobEventOf } from "@timegrid/core/queue"
import { EventBus, jobEventChannel } from "@timegrid/core/realtime"
import { ProcessingJobs, type RepositoryError } from "@timegrid/core/repository"
import { Effect, Option, Schedule, Stream } from "effect"

/**
 * Events may happen in a process that this one hears nothing of, or be lost on their way: so the job is looked at again
 * and again too.
 */
const lookEvery = "2 seconds"

/** No event follows these, unless a failed job is tried again. */
const isLast = ({ type }: JobEvent) => type === "job:completed" || type === "job:failed"

/**
 * What happens to the job after the event with the number `after`. Events that were missed, before or while listening,
 * are made up for by one that says how the job stands now; none comes twice or out of order. A job that has ended or is
 * gone ends the stream, also for who knows so already.
 */
export const jobEvents = (jobId: string, after = 0) =>
  Stream.unwrap(
    Effect.gen(function* () {
      const bus = yield* EventBus
      const jobs = yield* ProcessingJobs
      const state = Stream.fromEffect(
        Effect.map(
          jobs.find(jobId),
          Option.map((job) => jobEventOf(job, job.updatedAt ?? new Date(0).toISOString()))
        )
      )
      // Listening begins before the job is read, so that nothing falls between.
      const messages = yield* bus.listen(jobEventChannel)
      const live = Stream.flatMap(messages, (message): Stream.Stream<Option.Option<JobEvent>, RepositoryError> => {
        if (message.type === "gap") return state
        return message.event.jobId === jobId ? Stream.make(Option.some(message.event)) : Stream.empty
      })
      const looks = Stream.flatMap(Stream.fromSchedule(Schedule.spaced(lookEvery)), () => state)
      let lastSeq = after
      return Stream.concat(state, Stream.merge(live, looks)).pipe(
        Stream.map((seen) => {
          if (Option.isNone(seen)) return { news: [], isEnd: true }
          const event = seen.value
          const isNews = event.seq > lastSeq
          const isEnd = isLast(event) && event.seq >= lastSeq
          if (isNews) lastSeq = event.seq
          return { news: isNews ? [event] : [], isEnd }
        }),
        Stream.takeUntil(({ isEnd }) => isEnd),
        Stream.flatMap(({ news }) => Stream.fromIterable(news))
      )
    })
  )
