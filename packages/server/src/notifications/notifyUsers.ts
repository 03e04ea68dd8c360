/** The notification-queue: whoever's job has ended or waits for a person is told, if they want to be. */
import type { ProcessingJob, User } from "@timegrid/core"
import { WakeUps } from "@timegrid/core/queue"
import { ProcessingJobs, type Stored, Users } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { NotificationProvider } from "./NotificationProvider.ts"

/** Serves the queue until the scope closes. */
export const notifyUsers = Effect.gen(function* () {
  const wakeUps = yield* WakeUps
  // Nobody looks for notifications by themselves: a message that is lost costs a notification, and no more.
  yield* wakeUps.consume("notification-queue", (jobId) =>
    Option.isNone(jobId) ? Effect.succeed(false) : Effect.as(notifyOf(jobId.value), true)
  )
})

const notifyOf = (jobId: string) =>
  Effect.gen(function* () {
    const job = yield* ProcessingJobs.use((jobs) => jobs.find(jobId))
    if (Option.isNone(job)) return
    const user = yield* Users.use((users) => users.find(job.value.userId))
    if (Option.isNone(user)) return
    const provider = yield* NotificationProvider
    const text = textOf(job.value)
    if (text !== null && wants(user.value, provider.setting)) {
      yield* provider.notify({ user: user.value, job: job.value, text })
    }
  }).pipe(Effect.catch((error) => Effect.logWarning("Somebody could not be notified", error)))

const wants = ({ settings }: Stored<User>, setting: "email" | "push") => settings.notifications?.[setting] !== false

const textOf = ({ status }: ProcessingJob): string | null => {
  switch (status) {
    case "completed":
      return "Your timetable is ready."
    case "failed":
      return "Your timetable could not be read."
    case "hitl_pending":
      return "Your timetable is being looked at by a person."
    default:
      return null
  }
}
