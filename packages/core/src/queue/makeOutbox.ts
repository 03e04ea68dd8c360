import { Cause, Duration, Effect, Exit, Option } from "effect"
import { cutText, storableText } from "../domain/text.ts"
import type { Outbox, OutboxMessage, RelayOptions } from "./Outbox.ts"
import { OutboxRecords } from "./OutboxRecords.ts"

const longestPause = Duration.minutes(10)
/** Characters of an error that are kept. */
const errorLength = 1_000

/** An outbox over the records of a store. */
export const makeOutbox: Effect.Effect<Outbox["Service"], never, OutboxRecords> = Effect.gen(function* () {
  const records = yield* OutboxRecords

  const relay = Effect.fn("Outbox.relay")(function* <E, R>(
    topic: string,
    deliver: (messages: ReadonlyArray<OutboxMessage>) => Effect.Effect<void, E, R>,
    { backoff = "1 second", limit = 100, maxAttempts = 12, timeout = "30 seconds" }: RelayOptions = {}
  ) {
    const patience = Duration.fromInputUnsafe(timeout)
    const firstPause = Duration.fromInputUnsafe(backoff)
    // What is left of the lease must do for the records to be written after the longest delivery.
    const leaseFor = Duration.sum(patience, Duration.seconds(10))
    const report = { delivered: 0, delayed: 0, dead: 0 }
    const taken = yield* records.takeTopic(topic, leaseFor)
    if (Option.isNone(taken)) return report
    const token = taken.value

    const attempt = (messages: ReadonlyArray<OutboxMessage>) =>
      deliver(messages).pipe(Effect.timeout(patience), Effect.exit)

    const deliverOne = Effect.fnUntraced(function* (message: OutboxMessage) {
      const exit = yield* attempt([message])
      if (Exit.isSuccess(exit)) {
        yield* records.remove([message.id])
        report.delivered += 1
        return true
      }
      if (Cause.hasInterruptsOnly(exit.cause)) return yield* Effect.interrupt
      const error = storableText(cutText(Cause.pretty(exit.cause), errorLength))
      const dies = message.attempts + 1 >= maxAttempts
      const pause = Duration.min(Duration.times(firstPause, 2 ** message.attempts), longestPause)
      yield* records.postpone(message.id, error, dies ? null : pause)
      report[dies ? "dead" : "delayed"] += 1
      // The next of the topic may only follow one that is delivered or dead.
      return dies
    })

    const deliverAll = Effect.fnUntraced(function* (messages: ReadonlyArray<OutboxMessage>) {
      if (messages.length > 1 && messages[0]!.attempts === 0) {
        const exit = yield* attempt(messages)
        if (Exit.isSuccess(exit)) {
          yield* records.remove(messages.map(({ id }) => id))
          report.delivered += messages.length
          return true
        }
        if (Cause.hasInterruptsOnly(exit.cause)) return yield* Effect.interrupt
      }
      for (const message of messages) {
        if (!(yield* records.keepTopic(topic, token, leaseFor))) return false
        if (!(yield* deliverOne(message))) return false
      }
      return true
    })

    yield* Effect.gen(function* () {
      for (;;) {
        const messages = yield* records.waiting(topic, limit)
        if (messages.length === 0) return
        if (!(yield* records.keepTopic(topic, token, leaseFor))) return
        if (!(yield* deliverAll(messages))) return
      }
    }).pipe(Effect.ensuring(Effect.ignore(records.leaveTopic(topic, token))))
    return report
  })

  return {
    publish: records.insert,
    relay,
    listDead: (topic) => records.listDead(topic, 100),
    revive: records.revive,
    discard: records.discard
  }
})
