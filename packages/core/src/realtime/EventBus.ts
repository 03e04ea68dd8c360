import { Context, type Effect, type Scope, type Stream } from "effect"
import type * as z from "zod"
import { JobEvent } from "../queue/JobEvent.ts"
import type { RealtimeError } from "./RealtimeError.ts"

/** A kind of message between processes. */
export interface EventChannel<A> {
  readonly name: string
  /** What goes over it, as JSON. */
  readonly schema: z.ZodType<A>
}

/** What happens to jobs. */
export const jobEventChannel: EventChannel<JobEvent> = { name: "events:jobs", schema: JobEvent }

/** What a listener hears. */
export type BusMessage<A> =
  | { readonly type: "event"; readonly event: A }
  /** Events may have been missed, as when the bus was out of reach or the listener slow: look at the rows again. */
  | { readonly type: "gap" }

/** So many events wait for a slow listener; beyond it they go, and it hears of a gap. */
export const busBacklog = 1_000

/**
 * Tells every process what happens in any of them, at once and at most once. What must not be missed is in the outbox
 * and the rows. Adapters are checked by `eventBusContract`.
 */
export class EventBus extends Context.Service<
  EventBus,
  {
    /** Tells all listeners of the channel, here and elsewhere; succeeds also where there are none. */
    readonly publish: <A>(channel: EventChannel<A>, event: A) => Effect.Effect<void, RealtimeError>
    /**
     * What is told on the channel from when this returns, or after a gap from when the bus is in reach; ends with the
     * scope.
     */
    readonly listen: <A>(channel: EventChannel<A>) => Effect.Effect<Stream.Stream<BusMessage<A>>, never, Scope.Scope>
  }
>()("@timegrid/core/realtime/EventBus") {}
