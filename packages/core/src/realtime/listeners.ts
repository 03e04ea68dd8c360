import { type Cause, Effect, Option, Queue, type Scope, Stream } from "effect"
import { type BusMessage, busBacklog, type EventChannel } from "./EventBus.ts"
import { RealtimeError, RealtimeInvalid } from "./RealtimeError.ts"

/** The listeners of one process. */
export interface Listeners {
  /** Adds one to a channel, until the scope closes. */
  readonly add: <A>(channel: EventChannel<A>) => Effect.Effect<Stream.Stream<BusMessage<A>>, never, Scope.Scope>
  /** Tells those of a channel what came over it; what no schema of theirs fits, they do not hear. */
  readonly tell: (channelName: string, text: string) => void
  /** Tells all of a gap. */
  readonly tellGap: () => void
}

type Listener = { readonly channelName: string; readonly hear: (text: string) => void; readonly miss: () => void }

/** None at first. */
export const makeListeners = (): Listeners => {
  const all = new Set<Listener>()
  return {
    add: <A>({ name: channelName, schema }: EventChannel<A>) =>
      Effect.gen(function* () {
        const queue = yield* Effect.acquireRelease(Queue.unbounded<BusMessage<A>, Cause.Done>(), Queue.end)
        const miss = () => {
          while (Queue.sizeUnsafe(queue) > 0) Queue.takeUnsafe(queue)
          Queue.offerUnsafe(queue, { type: "gap" })
        }
        const hear = (text: string) => {
          const event = Option.map(parseJson(text), (value) => schema.safeParse(value))
          if (Option.isNone(event) || !event.value.success) return
          if (Queue.sizeUnsafe(queue) >= busBacklog) miss()
          Queue.offerUnsafe(queue, { type: "event", event: event.value.data })
        }
        const listener: Listener = { channelName, hear, miss }
        yield* Effect.acquireRelease(
          Effect.sync(() => all.add(listener)),
          () => Effect.sync(() => all.delete(listener))
        )
        return Stream.fromQueue(queue)
      }),
    tell: (channelName, text) => {
      for (const listener of all) if (listener.channelName === channelName) listener.hear(text)
    },
    tellGap: () => {
      for (const listener of all) listener.miss()
    }
  }
}

const parseJson = Option.liftThrowable((text: string): unknown => JSON.parse(text))

/** An event as it goes over a channel. Fails with `RealtimeInvalid` where it does not fit the channel's schema. */
export const eventText = <A>({ name, schema }: EventChannel<A>, event: A): Effect.Effect<string, RealtimeError> =>
  Effect.try({
    try: () => JSON.stringify(schema.parse(event)),
    catch: (cause) => new RealtimeError({ subject: name, reason: new RealtimeInvalid({ cause }) })
  })
