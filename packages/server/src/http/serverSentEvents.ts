import { Effect, Schedule, Stream } from "effect"

/** One event of a stream of server-sent events. */
export interface ServerSentEvent {
  readonly id: string
  readonly event: string
  readonly data: unknown
}

/** Proxies end a connection that is silent; a comment now and then keeps it. */
const heartbeatEvery = "15 seconds"
/** A browser connects again after so long. */
const retryMs = 2_000

/** Events as an answer that ends with them, or when the client goes away. */
export const eventStreamResponse = <E, R>(
  events: Stream.Stream<ServerSentEvent, E, R>
): Effect.Effect<Response, never, R> =>
  Effect.map(Effect.context<R>(), (context) => {
    const texts = Stream.map(
      events,
      ({ data, event, id }) => `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    )
    const heartbeats = Stream.map(Stream.fromSchedule(Schedule.spaced(heartbeatEvery)), () => ": still here\n\n")
    const text = Stream.concat(
      Stream.make(`retry: ${retryMs}\n\n`),
      Stream.merge(texts, heartbeats, { haltStrategy: "left" })
    )
    const bytes = Stream.provideContext(Stream.encodeText(text), context)
    return new Response(Stream.toReadableStream(bytes), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        // What nginx would hold back until its buffer is full.
        "x-accel-buffering": "no"
      }
    })
  })
