import { Context, Effect, Layer, Semaphore } from "effect"
import { Problem } from "../http/Problem.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"

const mebibyte = 1024 * 1024

/** All files that are being taken in share so much memory, unless one alone needs more. */
const roomBytes = 64 * mebibyte
/** So many uploads wait for room; the next are told to come again. */
const maxWaiting = 500
const retryAfterSeconds = 2

/** How much may be in memory of files that are being taken in. */
export class UploadRoom extends Context.Service<
  UploadRoom,
  {
    /**
     * Runs `work` when there is room for a request of `bytes` (null: as large as may be). Fails with `unavailable` when too
     * many wait already.
     */
    readonly within: <A, E, R>(bytes: number | null, work: Effect.Effect<A, E, R>) => Effect.Effect<A, E | Problem, R>
  }
>()("@timegrid/server/documents/UploadRoom") {
  static readonly layer: Layer.Layer<UploadRoom, never, ServerSettings> = Layer.effect(
    UploadRoom,
    Effect.gen(function* () {
      const { maxFileBytes } = yield* ServerSettings
      const places = Math.ceil(Math.max(roomBytes, maxFileBytes) / mebibyte)
      const room = yield* Semaphore.make(places)
      let waiting = 0
      return {
        within: <A, E, R>(bytes: number | null, work: Effect.Effect<A, E, R>) =>
          Effect.suspend((): Effect.Effect<A, E | Problem, R> => {
            if (waiting >= maxWaiting) return Effect.fail(new Problem({ code: "unavailable", retryAfterSeconds }))
            waiting += 1
            let counts = true
            const stopWaiting = Effect.sync(() => {
              if (counts) waiting -= 1
              counts = false
            })
            const needed = Math.min(places, Math.max(1, Math.ceil((bytes ?? maxFileBytes) / mebibyte)))
            return Effect.ensuring(room.withPermits(needed)(Effect.andThen(stopWaiting, work)), stopWaiting)
          })
      }
    })
  )
}
