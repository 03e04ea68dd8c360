/** The progress of jobs in Redis. Used as a namespace: `RedisProgressStore.layer`. */
import { jobProgressEntry } from "@timegrid/core"
import {
  decodeProgress,
  encodeProgress,
  ProgressStore,
  progressSubject,
  RealtimeError,
  RealtimeUnavailable
} from "@timegrid/core/realtime"
import { Effect, Layer, Option } from "effect"
import { RedisClient } from "./RedisClient.ts"
import { script } from "./script.ts"

const putScript = script(`
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
redis.call('EXPIRE', KEYS[1], ARGV[1])
`)

const failed = (jobId: string) => (cause: unknown) =>
  new RealtimeError({ subject: progressSubject(jobId), reason: new RealtimeUnavailable({ cause }) })

/** Provides `ProgressStore`: a hash a job. */
export const layer: Layer.Layer<ProgressStore, never, RedisClient> = Layer.effect(
  ProgressStore,
  Effect.gen(function* () {
    const { keys, run, script: runScript } = yield* RedisClient
    const keyOf = (jobId: string) => keys.of(jobProgressEntry, { jobId })
    return {
      put: Effect.fnUntraced(function* (jobId, progress) {
        const fields = Object.entries(yield* encodeProgress(jobId, progress)).flat()
        yield* Effect.mapError(
          runScript(putScript, [keyOf(jobId)], [jobProgressEntry.lifetimeSeconds, ...fields]),
          failed(jobId)
        )
      }),
      find: Effect.fnUntraced(function* (jobId) {
        const hash = yield* Effect.mapError(
          run((client) => client.hgetall(keyOf(jobId))),
          failed(jobId)
        )
        return Object.keys(hash).length === 0 ? Option.none() : Option.some(yield* decodeProgress(jobId, { ...hash }))
      }),
      remove: (jobId) =>
        run((client) => client.unlink(keyOf(jobId))).pipe(Effect.asVoid, Effect.mapError(failed(jobId)))
    }
  })
)
