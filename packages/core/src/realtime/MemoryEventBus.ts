/** Events within one process. Used as a namespace: `MemoryEventBus.layer`. */
import { Effect, Layer } from "effect"
import { EventBus } from "./EventBus.ts"
import { eventText, makeListeners } from "./listeners.ts"

/** A bus of its own. */
export const make = (): EventBus["Service"] => {
  const listeners = makeListeners()
  return {
    publish: (channel, event) => Effect.map(eventText(channel, event), (text) => listeners.tell(channel.name, text)),
    listen: listeners.add
  }
}

/** Provides `EventBus` for one process. */
export const layer: Layer.Layer<EventBus> = Layer.sync(EventBus, make)
