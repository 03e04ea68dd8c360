/** Events between processes over Redis. Used as a namespace: `RedisEventBus.layer`. */
import { EventBus, eventText, makeListeners, RealtimeError, RealtimeUnavailable } from "@timegrid/core/realtime"
import { Effect, Layer } from "effect"
import { RedisClient } from "./RedisClient.ts"

/** Provides `EventBus` by publish and subscribe, with a connection of its own to listen on. */
export const layer: Layer.Layer<EventBus, never, RedisClient> = Layer.effect(
  EventBus,
  Effect.gen(function* () {
    const { duplicate, keys, run } = yield* RedisClient
    const listeners = makeListeners()
    const heard = new Set<string>()
    const ear = yield* duplicate
    const hearAll = async () => {
      if (heard.size > 0) await ear.subscribe(...[...heard].map(keys.whole))
    }
    ear.on("message", (channel: string, text: string) => listeners.tell(channel.slice(keys.prefix.length), text))
    // Whatever was told while the connection was broken is lost, and more until Redis has heard whom we listen to.
    ear.on("ready", () => void hearAll().then(listeners.tellGap, () => ear.disconnect(true)))

    return {
      publish: Effect.fnUntraced(function* (channel, event) {
        const text = yield* eventText(channel, event)
        yield* Effect.mapError(
          run((client) => client.publish(keys.whole(channel.name), text)),
          (cause) => new RealtimeError({ subject: channel.name, reason: new RealtimeUnavailable({ cause }) })
        )
      }),
      listen: Effect.fnUntraced(function* (channel) {
        const stream = yield* listeners.add(channel)
        if (!heard.has(channel.name)) {
          heard.add(channel.name)
          // Out of reach: it is subscribed to with the others when Redis is back.
          yield* Effect.ignore(Effect.tryPromise(() => ear.subscribe(keys.whole(channel.name))))
        }
        return stream
      })
    }
  })
)
