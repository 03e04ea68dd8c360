/** What has to be done again and again while a server runs, each by itself: one that fails is tried at its next turn. */
import { JobEvent, JobStore, Outbox, outboxTopics, WakeUpMessage, WakeUps } from "@timegrid/core/queue"
import { EventBus, jobEventChannel } from "@timegrid/core/realtime"
import { WebhookDeliveries } from "@timegrid/core/repository"
import { ReviewQueue } from "@timegrid/core/review"
import { Duration, Effect, Schedule } from "effect"
import { notifyUsers } from "../notifications/notifyUsers.ts"
import { deliverWebhooks } from "../webhooks/deliverWebhooks.ts"

/** What fails is tried again after so long at the latest, or at its next turn where that is later. */
const longestPause = Duration.seconds(10)

/** Runs `work` every so often until the scope closes; ever more seldom while it fails. */
export const every = <E, R>(name: string, pause: Duration.Input, work: Effect.Effect<unknown, E, R>) =>
  work.pipe(
    Effect.tapCause((cause) => Effect.logWarning(`${name} has failed and will be tried again`, cause)),
    Effect.retry(
      Schedule.modifyDelay(Schedule.exponential(pause), ({ duration }) =>
        Effect.succeed(Duration.min(duration, Duration.max(longestPause, Duration.fromInputUnsafe(pause))))
      )
    ),
    Effect.repeat(Schedule.spaced(pause)),
    Effect.forkScoped
  )

/** Wakes workers for the jobs that the outbox speaks of. */
const relayWakeUps = Effect.gen(function* () {
  const [outbox, wakeUps] = [yield* Outbox, yield* WakeUps]
  yield* outbox.relay(outboxTopics.wakeUps, (messages) =>
    wakeUps.publish(messages.map(({ payload }) => WakeUpMessage.parse(payload)))
  )
})

/** What a user may want to be told of. */
const notable: ReadonlySet<string> = new Set(["job:completed", "job:failed", "hitl:required"])

/** Tells everybody who listens, and notes down what webhooks and users are to be told. */
const relayEvents = Effect.gen(function* () {
  const [outbox, bus, deliveries, wakeUps] = [yield* Outbox, yield* EventBus, yield* WebhookDeliveries, yield* WakeUps]
  yield* outbox.relay(
    outboxTopics.jobEvents,
    (messages) =>
      Effect.forEach(messages, ({ payload }) => {
        const event = JobEvent.parse(payload)
        const { at: availableAt, jobId, type, userId } = event
        const notification = { jobId, queue: "notification-queue", priority: 0, availableAt } as const
        // Who listens can look at the rows; a webhook cannot.
        const live = Effect.ignore(bus.publish(jobEventChannel, event))
        const notified = notable.has(type) ? Effect.ignore(wakeUps.publish([notification])) : Effect.void
        return Effect.all([deliveries.publish(userId, type, event), live, notified], { discard: true })
      }),
    { limit: 50 }
  )
})

/** Keeps messages, leases and deliveries moving until the scope closes; several servers at once do no harm. */
export const keepUp = Effect.gen(function* () {
  yield* every("Waking workers", "100 millis", relayWakeUps)
  yield* every("Telling of events", "100 millis", relayEvents)
  yield* every(
    "Looking after lost jobs",
    "5 seconds",
    JobStore.use((jobs) => jobs.reconcile())
  )
  yield* every(
    "Looking after lost reviews",
    "30 seconds",
    ReviewQueue.use((reviews) => reviews.expire)
  )
  yield* every("Delivering to webhooks", "500 millis", deliverWebhooks)
  yield* notifyUsers
})
