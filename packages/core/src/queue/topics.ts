/** Topics of the outbox that Timegrid itself writes to. */
export const outboxTopics = {
  /** Each a `WakeUpMessage`. */
  wakeUps: "job.wake-ups",
  /** Each a `JobEvent`. */
  jobEvents: "job.events"
} as const
