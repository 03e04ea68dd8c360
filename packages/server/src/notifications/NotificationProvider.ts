import type { ProcessingJob, User } from "@timegrid/core"
import type { Stored } from "@timegrid/core/repository"
import { Context, Effect, Layer } from "effect"

/** What somebody is told. */
export interface Notification {
  readonly user: Stored<User>
  readonly job: Stored<ProcessingJob>
  /** One sentence. */
  readonly text: string
}

/** Tells users of their jobs: by mail, by a message on their telephone. */
export class NotificationProvider extends Context.Service<
  NotificationProvider,
  {
    /** The user's setting that it goes by: nobody is told anything who has set it to false. */
    readonly setting: "email" | "push"
    readonly notify: (notification: Notification) => Effect.Effect<void, Error>
  }
>()("@timegrid/server/notifications/NotificationProvider") {
  /** Writes a line into the log, without a word of whom it is for. */
  static readonly layerLog: Layer.Layer<NotificationProvider> = Layer.succeed(NotificationProvider, {
    setting: "email",
    notify: ({ job, text }) => Effect.logInfo(text, { jobId: job.id })
  })
}
